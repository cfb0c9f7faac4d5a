import { Signal, Signals } from './core.js';

/**
 * Put signals to work, as the `signals` of `createConsent`: `connect(googleConsentMode(), gpc())`. One that is wrong, or
 * writes where another does, is left out, and told.
 */
declare function connect(...wanted: readonly Signal[]): Signals;

/** Google's types of consent, and the category that decides about each unless you say otherwise. */
declare const TYPES: {
    ad_storage: string;
    ad_user_data: string;
    ad_personalization: string;
    analytics_storage: string;
    functionality_storage: string;
    personalization_storage: string;
    security_storage: string;
};
type GoogleConsentType = keyof typeof TYPES;
interface GoogleOptions {
    /** The category that decides about a type, where it is another than ours. */
    types?: Partial<Record<GoogleConsentType, string>> | undefined;
    /** Milliseconds that Google's tags wait for an update. Not needed: a stored choice is told at once. */
    waitForUpdate?: number | undefined;
    /** Pass ad clicks on in addresses while cookies are denied. Default false. */
    urlPassthrough?: boolean | undefined;
    /** Leave identifiers of ad clicks out of requests while `ad_storage` is denied. Default false. */
    adsDataRedaction?: boolean | undefined;
    /**
     * Categories that are granted until the visitor decides, by region (`US`, `US-CA`), where Google is to find out the
     * region. For pages that cannot tell Crumbgate the region; otherwise the regime gives the default.
     */
    regions?: Readonly<Record<string, readonly string[]>> | undefined;
    /** Name of the data layer. Default `dataLayer`. */
    dataLayer?: string | undefined;
}
/**
 * Google Consent Mode v2: one `default` before any tag, then an `update` for a stored choice and for each change.
 * https://developers.google.com/tag-platform/security/guides/consent, 2026-11-24
 */
declare const googleConsentMode: (options?: GoogleOptions) => Signal;

/**
 * Google Consent Mode v2, and one event `crumbgate_update` in the data layer after each update, for triggers in Google Tag
 * Manager; its `crumbgate` holds each category as true or false.
 * https://support.google.com/tagmanager/answer/7679219, 2026-11-24
 */
declare const googleTagManager: (options?: GoogleOptions) => Signal;

interface GpcOptions {
    /** What the server found in the request's `Sec-GPC` header. `<meta name="sec-gpc" content="1">` says the same. */
    header?: string | undefined;
    /** Categories that the signal refuses. Default: all that are optional. */
    categories?: readonly string[] | undefined;
}
/**
 * Global Privacy Control: the browser asks for an opt-out. What it refuses is refused until the visitor decides otherwise
 * while it is on; no choice is written.
 * https://www.w3.org/TR/gpc/
 */
declare const gpc: ({ header, categories }?: GpcOptions) => Signal;

interface MatomoOptions {
    /** Only its cookies wait for consent, its counting does not. Default false. */
    cookiesOnly?: boolean | undefined;
}
/**
 * Matomo: consent required, then given or taken back, by the services with `signal: 'matomo'`, else by `performance`.
 * https://developer.matomo.org/guides/tracking-consent, 2026-11-24
 */
declare function matomo({ cookiesOnly }?: MatomoOptions): Signal;

/**
 * Meta pixel: `revoke` or `grant`, by the services with `signal: 'meta'`, else by `marketing`.
 * https://developers.facebook.com/docs/meta-pixel/implementation/gdpr, 2026-11-24
 */
declare function metaPixel(): Signal;

/**
 * Microsoft Advertising (UET) consent mode: `ad_storage`, by the services with `signal: 'uet'`, else by `marketing`.
 * https://support.cookiehub.com/article/382-microsoft-uet-consent-mode, 2026-11-24 (Microsoft's own page was not to be had)
 */
declare function microsoftUet(): Signal;
/**
 * Microsoft Clarity, consent API v2: `analytics_Storage` by the services with `signal: 'clarity'`, else by `performance`;
 * `ad_Storage` by `marketing`.
 * https://learn.microsoft.com/en-us/clarity/setup-and-installation/cmp-integration-guide, 2026-11-24, and clarity-js 0.8.70
 */
declare const microsoftClarity: () => Signal;

/**
 * TikTok pixel: hold, grant or revoke, by the services with `signal: 'tiktok'`, else by `marketing`.
 * https://ads.tiktok.com/help/article/how-to-use-cookies-with-tiktok-pixel, 2026-11-24; the commands are those of its base
 * code.
 */
declare const tiktokPixel: () => Signal;

export { connect, googleConsentMode, googleTagManager, gpc, matomo, metaPixel, microsoftClarity, microsoftUet, tiktokPixel };
export type { GoogleConsentType, GoogleOptions, GpcOptions, MatomoOptions };
