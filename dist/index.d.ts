import { O as Options, a as Consent } from './shared/types.js';
export { b as Category, c as CategoryOptions, d as ChangeDetail, C as Config, e as ConsentRecord, f as Dialog, g as DialogContext, D as DialogFactory, G as Grants, H as HeldFrame, L as Listener, h as Locale, M as Method, R as Receipt, i as Regime, S as Service, j as ServiceOptions, k as Signal, l as SignalState, m as Signals, T as Texts, n as Trace, V as View } from './shared/types.js';
export { C as ConsentError } from './shared/errors.js';

/**
 * Start Crumbgate on this page, with its dialog, which loads when it is first shown. Never throws: mistakes are told on
 * the console. On a server it returns an object that allows nothing and does nothing.
 */
declare function createConsent(options?: Options): Consent;

export { Consent, Options, createConsent };
