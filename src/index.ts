import { createConsent as createCore } from './core/index'
import type { Consent, DialogFactory, Options } from './types'

export { ConsentError } from './core/index'
export type * from './types'

async function loadDialog(): Promise<DialogFactory> {
  const [{ dialogIn }, { en }] = await Promise.all([import('./dialog/index'), import('./locales/en')])
  return dialogIn(en)
}

/**
 * Start Crumbgate on this page, with its dialog, which loads when it is first shown. Never throws: mistakes are told on
 * the console. On a server it returns an object that allows nothing and does nothing.
 */
export function createConsent(options?: Options): Consent {
  return createCore(options, { dialog: loadDialog })
}
