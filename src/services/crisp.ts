import type { ServiceOptions } from '../types'

/**
 * https://help.crisp.chat/en/article/crisp-cookie-policy-1147xor/, 2026-11-24. The page gives the lifetime but no
 * names: these, plain and encoded, are from public code.
 */
export const crisp: ServiceOptions = {
  category: 'functional',
  title: 'Crisp',
  provider: 'Crisp IM SAS',
  purpose: 'Offers a chat and remembers your conversation.',
  cookies: ['crisp-client/*', 'crisp-client%2F*'],
  lifetimes: { 'crisp-client/*': 183, 'crisp-client%2F*': 183 },
}
