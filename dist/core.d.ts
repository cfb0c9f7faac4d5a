import { a as Config, D as DialogFactory, O as Options, b as Consent } from './shared/types.js';
export { c as Category, d as CategoryOptions, e as ChangeDetail, C as Compat, f as ConsentRecord, g as Cookies, h as Dialog, i as DialogContext, G as Grants, H as HeldFrame, I as Import, j as ImportedChoice, L as Listener, k as Locale, M as Method, R as Receipt, l as Regime, S as Service, m as ServiceOptions, n as Signal, o as SignalState, p as Signals, T as Texts, q as Trace, V as View } from './shared/types.js';
export { C as ConsentError } from './shared/errors.js';

/** What an entry adds to the core. */
interface Parts {
    /** The dialog, at once or loaded when it is first needed. */
    readonly dialog?: (config: Config) => DialogFactory | Promise<DialogFactory>;
    /** Mistakes that were found before the options were put together, such as broken JSON. */
    readonly problems?: readonly string[];
    /** The nonce of our own script tag. */
    readonly nonce?: string | undefined;
}
/**
 * Start Crumbgate on this page. Never throws: mistakes are told on the console, and so is a browser that lacks what it takes.
 * @param options the configuration; everything in it is optional
 * @param parts what an entry adds, such as a dialog of your own
 */
declare function createConsent(options?: Options, parts?: Parts): Consent;

export { Config, Consent, DialogFactory, Options, createConsent };
export type { Parts };
