import { Options, Regime } from './core.js';

/** What holds in a region: a {@link Regime}, alone or with lifetimes of its own. */
type RegionRule = Regime | ({
    regime: Regime;
} & Pick<Options, 'acceptDays' | 'refuseDays'>);
interface RegionOptions {
    /**
     * Where the visitor is, as the site's server or CDN says: `US`, `US-CA` (ISO 3166); `cookie:name` or `meta:name` for
     * the cookie or the `<meta>` that holds it; or a function that returns it.
     */
    region?: string | (() => string | undefined) | undefined;
    /** What holds where, by region; `*` for all others. `US-CA` beats `US`. Whatever has no rule is `opt-in`. */
    regions?: Readonly<Record<string, RegionRule>> | undefined;
}
/** The options that a region's rule comes to. */
type RegionChoice = Pick<Options, 'regime' | 'acceptDays' | 'refuseDays'>;
/**
 * The regime for this visitor, as options: `createConsent({ ...regimeFor({ region, regions }), policy })`. Whatever is
 * unclear is `opt-in`, and told on the console. On a server it is `opt-in`.
 */
declare function regimeFor(options: RegionOptions): RegionChoice;

export { regimeFor };
export type { RegionChoice, RegionOptions, RegionRule };
