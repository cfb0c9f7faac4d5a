import { readFileSync } from 'node:fs'

/** @returns the installed version of an npm package */
export const versionOf = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8')).version

/**
 * Describes a library to the harness.
 *
 * - `name`, `label`, `version`, `html({ scripts, iframe })`: the whole page;
 * - `files`: `{ url }` with a `path`, a `module` of an npm package, a source to `build`, or a `text`;
 * - `gating`: who activates the inert tags: the library from the `markup` or from its `config`, or `glue`, glue.mjs;
 * - `selectors`: `accept` and `reject`; 'host >>> inner' looks into an open shadow root;
 * - `baseline`: 'held' or 'native', a page without a library.
 */
export const defineAdapter = (description) => ({
  gating: 'markup',
  selectors: {},
  ...description,
  accept: (driver) => driver.click(description.selectors.accept),
})
