// c15t core is headless: this is the minimal hand-written UI its docs suggest.
import { getOrCreateConsentRuntime } from 'c15t'

window.startC15t = (scripts) => {
  const { consentStore } = getOrCreateConsentRuntime({
    mode: 'offline',
    consentCategories: ['necessary', 'measurement', 'functionality', 'marketing'],
    overrides: { country: 'DE' },
    scripts,
  })
  window.c15t = consentStore
  const el = (tag, props, ...kids) => {
    const e = Object.assign(document.createElement(tag), props)
    e.append(...kids)
    return e
  }
  const button = (id, textContent, onclick) => el('button', { id, textContent, onclick, type: 'button' })
  const save = (x) => () => consentStore.getState().saveConsents(x)
  const banner = el(
    'div',
    { id: 'c15t-banner', className: 'c15t-ui', hidden: true },
    el('p', {
      textContent:
        'We use cookies to run this site and, with your consent, for analytics, extra functions and marketing.',
    }),
    button('c15t-accept', 'Accept all', save('all')),
    button('c15t-reject', 'Reject all', save('necessary')),
    button('c15t-customize', 'Customise', () => consentStore.getState().setActiveUI('dialog')),
  )
  banner.setAttribute('role', 'dialog')
  banner.setAttribute('aria-label', 'Cookie consent')
  const dialog = el(
    'div',
    { id: 'c15t-dialog', className: 'c15t-ui', hidden: true },
    ...['measurement', 'functionality', 'marketing'].map((c) =>
      el(
        'label',
        {},
        el('input', {
          type: 'checkbox',
          name: c,
          onchange: (e) => consentStore.getState().setSelectedConsent(c, e.target.checked),
        }),
        c,
      ),
    ),
    button('c15t-reject2', 'Reject all', save('necessary')),
    button('c15t-save', 'Save', save('custom')),
  )
  dialog.setAttribute('role', 'dialog')
  dialog.setAttribute('aria-label', 'Cookie preferences')
  document.body.append(banner, dialog)
  const render = (s) => {
    banner.hidden = s.activeUI !== 'banner'
    dialog.hidden = s.activeUI !== 'dialog'
  }
  consentStore.subscribe(render)
  render(consentStore.getState())
  consentStore.getState().initializeIframeBlocker()
}
