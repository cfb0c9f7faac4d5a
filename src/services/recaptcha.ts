import type { ServiceOptions } from '../types'

/**
 * https://docs.cloud.google.com/recaptcha/docs/faq, 2026-11-24. The page names only _GRECAPTCHA, a cookie on the
 * vendor's own domain; _grecaptcha and the provider's name are from memory.
 */
export const recaptcha: ServiceOptions = {
  category: 'functional',
  title: 'Google reCAPTCHA',
  provider: 'Google Cloud EMEA Ltd',
  purpose: 'Tells people from programs, so that forms are not misused.',
  localStorage: ['_grecaptcha'],
}
