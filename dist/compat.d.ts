import { Compat } from './core.js';
import { N as Names } from './shared/categories.js';

/** What the names in the tags stand for here, where that is not to be guessed. */
interface CompatOptions {
    /** Our categories by the tool's names. */
    categories?: Names | undefined;
    /** Our services, or categories, by the tool's names for services. */
    services?: Names | undefined;
}
/** What a tag waits for, in the tool's own words. */
interface Mark {
    /** Categories that must all be allowed, or refused where marked by `!`. */
    readonly categories?: readonly string[];
    readonly service?: string | null;
    /** The attribute that holds the address back. */
    readonly source?: string;
}
/** How one tool marks tags. */
interface Dialect {
    readonly name: string;
    /** The tags that carry its mark. */
    readonly selector: string;
    /** Attributes that are part of the mark: frameworks bind them late. */
    readonly attributes: readonly string[];
    readonly options: CompatOptions;
    /** @returns `undefined` for a tag that is not to wait */
    read(element: Element): Mark | undefined;
}

/** Cookiebot: `data-cookieconsent` with categories, `data-cookieblock-src` with the address. */
declare const cookiebot: (options?: CompatOptions) => Dialect;

/** Klaro: `data-name` with the service; old scripts with a type of its own. */
declare const klaro: (options?: CompatOptions) => Dialect;

/** OneTrust: a class such as `optanon-category-C0002`, or `optanon-category-C0002-C0004` for both. */
declare const oneTrust: (options?: CompatOptions) => Dialect;

/** vanilla-cookieconsent: `data-category` of version 3, `data-cookiecategory` of version 2. */
declare const vanillaCookieConsent: (options?: CompatOptions) => Dialect;

/**
 * Have tags held and released that are marked for another tool.
 * @param dialects whose marks, such as `klaro()`
 * @returns the value of the option `compat`
 */
declare const compatWith: (...dialects: readonly Dialect[]) => Compat;

export { compatWith, cookiebot, klaro, oneTrust, vanillaCookieConsent };
export type { CompatOptions, Dialect, Mark };
