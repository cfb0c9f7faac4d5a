import { Regime, Options } from './core.js';

/** A choice for {@link cookieFor}. */
interface TestChoice {
    /** Categories that are allowed. */
    granted?: readonly string[] | undefined;
    /** Categories that are refused. Default: the usual ones that are not granted. */
    denied?: readonly string[] | undefined;
    /** Services by key, `true` where allowed. */
    services?: Readonly<Record<string, boolean>> | undefined;
    /** Default 0. */
    revision?: number | undefined;
    /** When it was made: milliseconds since 1970. Default now. */
    at?: number | undefined;
    /** Default `opt-in`. */
    regime?: Regime | undefined;
    /** Browser signals that the visitor has decided over, such as `gpc`. Default: none. */
    signals?: readonly string[] | undefined;
    /** Default `en`. */
    locale?: string | undefined;
}
/**
 * The cookie of a visitor who has chosen, for a site's own end-to-end tests:
 * `await context.addCookies([{ ...cookieFor({ granted: ['marketing'] }), url: 'https://shop.example' }])`.
 * @param options what the site gives to `createConsent()`: services follow their category, and the revision is the site's.
 * Without them every service has to be named in `choice`, or the visitor is asked about it.
 */
declare function cookieFor(choice?: TestChoice, options?: Pick<Options, 'cookieName' | 'categories' | 'services' | 'revision' | 'regime'>): {
    name: string;
    value: string;
};

export { cookieFor };
export type { TestChoice };
