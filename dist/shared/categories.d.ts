import './types.js';

/** What the owner says another tool's names stand for here, such as `{ "social": "marketing" }`. */
type Names = Readonly<Record<string, string>>;

export type { Names as N };
