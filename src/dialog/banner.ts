import { button, cross, h } from '../markup/element'
import { rich } from '../markup/rich'
import { honouredLine, policyLink, type Wording } from '../markup/wording'
import type { Consent } from '../types'

/** The first layer. Not modal: the page stays usable, and no focus is moved. */
export function createBanner(consent: Consent, wording: Wording): HTMLElement {
  const { config, accept, reject, open } = consent
  const { texts } = wording
  const { regime } = config
  const isOn = regime !== 'opt-in'
  return h(
    'div',
    {
      popover: 'manual',
      role: 'dialog',
      'data-crumb': 'banner',
      'data-layout': config.layout,
      'data-position': config.position,
      'data-close': config.close,
      'aria-labelledby': 'crumbgate-title',
      'aria-describedby': 'crumbgate-intro',
    },
    h(
      'div',
      { 'data-crumb': 'message' },
      h('h2', { id: 'crumbgate-title' }, texts.title),
      honouredLine(consent, wording),
      h(
        'p',
        { id: 'crumbgate-intro' },
        ...rich(texts.intro),
        isOn && ` ${texts.onByDefault}`,
        ...policyLink(config, wording),
      ),
    ),
    h(
      'div',
      { 'data-crumb': 'actions' },
      regime !== 'notice' && button('reject', wording.reject, reject),
      button('accept', isOn ? texts.ok : texts.accept, accept),
      button('settings', texts.settings, () => open()),
    ),
    config.close === 'reject' && cross(wording.reject, reject),
  )
}
