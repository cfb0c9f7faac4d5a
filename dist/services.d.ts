import { ServiceOptions } from './core.js';

/**
 * https://amplitude.com/docs/sdks/analytics/browser/cookies-and-consent-management, 2026-11-24. Other names from
 * @amplitude/analytics-browser 2.46.0 and, for Session Replay, public code; AMP_TOKEN of the former Universal
 * Analytics fits too.
 */
declare const amplitude: ServiceOptions;

/**
 * https://help.crisp.chat/en/article/crisp-cookie-policy-1147xor/, 2026-11-24. The page gives the lifetime but no
 * names: these, plain and encoded, are from public code.
 */
declare const crisp: ServiceOptions;

/**
 * https://business.safety.google/adscookies/, 2026-11-24. Page not readable here: from public code that cites it; tags
 * of advertisers only, not AdSense or Ad Manager.
 */
declare const googleAds: ServiceOptions;

/**
 * https://support.google.com/analytics/answer/11397207, 2026-11-24. The page lists _ga and _ga_*; the others, of
 * Universal Analytics, are on https://developers.google.com/analytics/resources/concepts/gaConceptsCookies, except
 * _gat_*, from memory.
 */
declare const googleAnalytics: ServiceOptions;

/**
 * https://policies.google.com/technologies/cookies, 2026-11-24. Everything is stored on the vendor's own domain, also
 * by the Maps JavaScript API (from memory).
 */
declare const googleMaps: ServiceOptions;

/**
 * https://support.google.com/tagmanager/answer/9323295, 2026-11-24. The container itself stores nothing (from memory),
 * its tags do; marketing because these usually include advertising.
 */
declare const googleTagManager: ServiceOptions;

/**
 * https://help.hotjar.com/hc/en-us/articles/36819973371409, 2026-11-24. Read in copies on customers' sites; _hj* lasts
 * as long as its longest, _hjSessionUser_*, and the provider's name is from memory.
 */
declare const hotjar: ServiceOptions;

/**
 * https://knowledge.hubspot.com/privacy-and-consent/what-cookies-does-hubspot-set-in-a-visitor-s-browser, 2026-11-24.
 * Without those that remember an objection; lifetimes of __hstc, hubspotutk and __hssc and the provider's name from
 * memory.
 */
declare const hubspot: ServiceOptions;

/**
 * https://privacycenter.instagram.com/policies/cookies/, 2026-11-24. Everything is stored on the vendor's own domain
 * (from memory).
 */
declare const instagramEmbed: ServiceOptions;

/**
 * https://www.intercom.com/help/en/articles/2361922-intercom-messenger-cookies, 2026-11-24. The page lists cookies
 * only: the localStorage name is from public code, the provider's name from memory.
 */
declare const intercom: ServiceOptions;

/**
 * https://www.linkedin.com/legal/l/cookie-table, 2026-11-24. Only its start was readable here: names from public code,
 * lifetimes of ln_or and the oribi cookies from memory.
 */
declare const linkedinInsight: ServiceOptions;

/**
 * https://matomo.org/faq/general/faq_146/, 2026-11-24. Without matomo_ignore, which remembers a refusal; the
 * dot after the names and the provider's name (of Matomo Cloud; if you host it, write yours) are from memory.
 */
declare const matomo: ServiceOptions;

/**
 * https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/fbp-and-fbc/, 2026-11-24. The page
 * lists _fbp and _fbc, lifetimes from memory; the others are from public code, and the lifetime of _fbleid could not
 * be found.
 */
declare const metaPixel: ServiceOptions;

/**
 * https://learn.microsoft.com/en-us/advertising/msa-help/hlp_ba_conc_uet_faq, 2026-11-24. Lifetimes of _uetsid and
 * _uetvid from memory; the copies in localStorage are from public code.
 */
declare const microsoftAdvertising: ServiceOptions;

/**
 * https://learn.microsoft.com/en-us/clarity/setup-and-installation/cookie-list, 2026-11-24. Its other cookies are on
 * the vendor's own domains; _cltk is from https://github.com/microsoft/clarity, lifetimes and the provider's name from
 * memory.
 */
declare const microsoftClarity: ServiceOptions;

/**
 * https://docs.mixpanel.com/docs/tracking/how-tos/privacy-friendly-tracking, 2026-11-24. The page lists no names:
 * these are from mixpanel-browser 2.83.0; a `persistence_name` of your own needs `mp_<name>` added.
 */
declare const mixpanel: ServiceOptions;

/**
 * https://help.pinterest.com/en/business/article/pinterest-tag-parameters-and-cookies, 2026-11-24. Lifetimes and
 * localStorage from a copy of the vendor's script for Shopify.
 */
declare const pinterestTag: ServiceOptions;

/**
 * https://plausible.io/data-policy, 2026-11-24. Stores nothing; plausible_ignore in localStorage, which its script
 * only reads, remembers an objection. The provider's name is from memory.
 */
declare const plausible: ServiceOptions;

/**
 * https://posthog.com/docs/libraries/js/persistence, 2026-11-24. Other names from posthog-js 1.449.2; a
 * `persistence_name` of your own needs `ph_<name>*` added to each list.
 */
declare const posthog: ServiceOptions;

/**
 * https://docs.cloud.google.com/recaptcha/docs/faq, 2026-11-24. The page names only _GRECAPTCHA, a cookie on the
 * vendor's own domain; _grecaptcha and the provider's name are from memory.
 */
declare const recaptcha: ServiceOptions;

/**
 * https://business.reddithelp.com/s/article/reddit-pixel, 2026-11-24. No list found: names are from public code,
 * lifetimes and the provider's name from memory.
 */
declare const redditPixel: ServiceOptions;

/**
 * https://www.twilio.com/docs/segment/connections/sources/catalog/libraries/website/javascript/cookie-validity-update,
 * 2026-11-24. Names also from https://github.com/segmentio/analytics-next; what it sends data to may store more. The
 * provider's name is from memory.
 */
declare const segment: ServiceOptions;

/**
 * https://businesshelp.snapchat.com/s/article/snap-pixel-about, 2026-11-24. No list found: names and lifetimes are
 * from a 2023 copy of the vendor's script, except _ScCbts, from public code, whose lifetime could not be found.
 */
declare const snapPixel: ServiceOptions;

/**
 * https://www.spotify.com/de/legal/cookies-policy/, 2026-11-24. Everything is stored on the vendor's own domain; the
 * page lists no names, and the provider's name is from memory.
 */
declare const spotifyEmbed: ServiceOptions;

/**
 * https://docs.stripe.com/js/appendix/cookies, 2026-11-24. The page lists no names: these and their lifetimes are from
 * public code and other sites' lists, the provider's name from memory.
 */
declare const stripe: ServiceOptions;

/**
 * https://ads.tiktok.com/help/article/using-cookies-with-tiktok-pixel, 2026-11-24. The page gives 13 months for all
 * cookies but no names; these are from public code.
 */
declare const tiktokPixel: ServiceOptions;

/**
 * https://help.vimeo.com/hc/en-us/articles/26080940921361, 2026-11-24. Everything is stored on the vendor's own
 * domain.
 */
declare const vimeo: ServiceOptions;

/**
 * https://help.x.com/en/rules-and-policies/x-cookies, 2026-11-24. Everything is stored on the vendor's own domain;
 * that and the provider's name are from memory.
 */
declare const xEmbed: ServiceOptions;

/**
 * https://policies.google.com/technologies/cookies, 2026-11-24. Everything is stored on the vendor's own domain, also
 * with youtube-nocookie.com (from memory).
 */
declare const youtube: ServiceOptions;

/**
 * https://support.zendesk.com/hc/en-us/articles/4408828505754-Enabling-cookie-consent-for-the-Chat-widget, 2026-11-24.
 * Other names from public code; the keys of its Messaging, `<integration id>.appUserId`, `.clientId` and
 * `.sessionToken`, have no prefix of their own: add yours.
 */
declare const zendesk: ServiceOptions;

export { amplitude, crisp, googleAds, googleAnalytics, googleMaps, googleTagManager, hotjar, hubspot, instagramEmbed, intercom, linkedinInsight, matomo, metaPixel, microsoftAdvertising, microsoftClarity, mixpanel, pinterestTag, plausible, posthog, recaptcha, redditPixel, segment, snapPixel, spotifyEmbed, stripe, tiktokPixel, vimeo, xEmbed, youtube, zendesk };
