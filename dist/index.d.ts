import { O as Options, b as Consent } from './shared/types.js';
export { c as Category, d as CategoryOptions, e as ChangeDetail, C as Compat, a as Config, f as ConsentRecord, g as Cookies, h as Dialog, i as DialogContext, D as DialogFactory, G as Grants, H as HeldFrame, I as Import, j as ImportedChoice, L as Listener, k as Locale, M as Method, R as Receipt, l as Regime, S as Service, m as ServiceOptions, n as Signal, o as SignalState, p as Signals, T as Texts, q as Trace, V as View } from './shared/types.js';
export { C as ConsentError } from './shared/errors.js';

/**
 * Start Crumbgate on this page, with its dialog, which loads when it is first shown. Never throws: mistakes are told on
 * the console. On a server it returns an object that allows nothing and does nothing.
 */
declare function createConsent(options?: Options): Consent;

export { Consent, Options, createConsent };
