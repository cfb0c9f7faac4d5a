import type { Config, Consent } from '../types'
import { button, cross, h } from './element'
import { policyLink, type Wording } from './wording'

/** The first layer. Not modal: the page stays usable, and no focus is moved. */
export function createBanner(consent: Consent, config: Config, wording: Wording): HTMLElement {
  const { texts } = wording
  return h(
    'div',
    {
      popover: 'manual',
      role: 'dialog',
      'data-crumb': 'banner',
      'aria-labelledby': 'crumbgate-title',
      'aria-describedby': 'crumbgate-intro',
    },
    h(
      'div',
      { 'data-crumb': 'message' },
      h('h2', { id: 'crumbgate-title' }, texts.title),
      h('p', { id: 'crumbgate-intro' }, texts.intro, ...policyLink(config, wording)),
    ),
    h(
      'div',
      { 'data-crumb': 'actions' },
      button('reject', texts.reject, consent.reject),
      button('accept', texts.accept, consent.accept),
      button('settings', texts.settings, () => consent.open()),
    ),
    config.close === 'reject' && cross(texts.reject, consent.reject),
  )
}
