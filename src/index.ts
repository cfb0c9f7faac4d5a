import { createConsent as createCore } from './core/index'
import { chooseLocale } from './language'
import { importLocale } from './locales/load'
import { keepReceipts, type ReceiptsKeeper } from './receipts/keep'
import type { Config, Consent, DialogFactory, Options } from './types'

export { ConsentError } from './core/index'
export type * from './types'

async function loadDialog(config: Config, receipts: ReceiptsKeeper): Promise<DialogFactory> {
  const [{ dialogIn }, locale] = await Promise.all([import('./dialog/index'), chooseLocale(config, importLocale)])
  return dialogIn(locale, receipts)
}

/**
 * Start Crumbgate on this page, with its dialog, which loads when it is first shown. Never throws: mistakes are told on
 * the console. On a server it returns an object that allows nothing and does nothing.
 */
export function createConsent(options?: Options): Consent {
  const consent = createCore(options, { dialog: (config) => loadDialog(config, receipts) })
  const receipts = keepReceipts(consent, async (...wants) => (await import('./receipts/open')).openReceipts(...wants))
  return consent
}
