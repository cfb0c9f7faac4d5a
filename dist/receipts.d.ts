import { Consent, Receipt } from './core.js';

/**
 * With `crumbgate/core`: keep a receipt of each decision on the visitor's device, and send it where the option `receipts`
 * says. Without our dialog it has no `hash`. Does nothing on a server. (The other builds do this by themselves.)
 */
declare function keepReceipts(consent: Consent): void;
/** The receipts that are kept on this device, newest first; none on a server. */
declare const storedReceipts: (consent: Consent) => Receipt[];

export { keepReceipts, storedReceipts };
