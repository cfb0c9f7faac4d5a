import { C as Config, D as DialogFactory, O as Options, a as Consent } from './shared/types.js';
export { b as Category, c as CategoryOptions, d as ChangeDetail, e as ConsentRecord, f as Dialog, g as DialogContext, G as Grants, H as HeldFrame, L as Listener, h as Locale, M as Method, R as Receipt, i as Regime, S as Service, j as ServiceOptions, k as Signal, l as SignalState, m as Signals, T as Texts, n as Trace, V as View } from './shared/types.js';
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
 * Start Crumbgate on this page. Never throws: mistakes are told on the console.
 * @param options the configuration; everything in it is optional
 * @param parts what an entry adds, such as a dialog of your own
 */
declare function createConsent(options?: Options, parts?: Parts): Consent;

export { Config, Consent, DialogFactory, Options, createConsent };
export type { Parts };
