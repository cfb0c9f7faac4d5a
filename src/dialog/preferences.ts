import type { Category, Config, Consent, Service } from '../types'
import { button, cross, h } from './element'
import { policyLink, type Wording } from './wording'

function serviceItem({ key, title, provider, purpose, ...service }: Service, { texts }: Wording): HTMLElement {
  const { cookies = [], localStorage = [], sessionStorage = [], indexedDB = [], caches = [] } = service
  const names = new Set([...cookies, ...localStorage, ...sessionStorage, ...indexedDB, ...caches])
  return h(
    'li',
    { 'data-crumb': 'service' },
    h('strong', {}, title ?? key),
    !!provider && h('span', {}, provider),
    !!purpose && h('p', {}, purpose),
    names.size > 0 &&
      h(
        'p',
        {},
        texts.stores.replace('{names}', () => [...names].join(', ')),
      ),
  )
}

function categoryItem(category: Category, consent: Consent, config: Config, wording: Wording): HTMLElement {
  const { key } = category
  const { texts } = wording
  const locked = key === 'necessary'
  const services = config.services.filter((service) => service.category === key)
  const id = `crumbgate-category-${key}`
  return h(
    'li',
    { 'data-crumb': 'category' },
    h(
      'label',
      {},
      h('span', { 'data-crumb': 'name' }, wording.titleOf(category)),
      locked && h('span', { 'data-crumb': 'locked' }, texts.alwaysOn),
      h('input', {
        type: 'checkbox',
        role: 'switch',
        name: key,
        checked: consent.allows(key),
        disabled: locked,
        'aria-describedby': id,
      }),
    ),
    h('p', { id }, wording.descriptionOf(category)),
    services.length > 0 &&
      h(
        'details',
        {},
        h('summary', {}, texts.services.replace('{n}', `${services.length}`)),
        h('ul', {}, ...services.map((service) => serviceItem(service, wording))),
      ),
  )
}

/**
 * The second layer: every category, and what is behind it. Made anew for each opening, so that the switches start from
 * what is stored.
 * @param back leaves it without a choice
 */
export function createPreferences(
  consent: Consent,
  config: Config,
  wording: Wording,
  back: () => void,
): HTMLDialogElement {
  const { texts } = wording
  const form = h(
    'form',
    {
      submit(event) {
        event.preventDefault()
        const boxes = [...form.querySelectorAll('input')]
        // What was chosen for single services stays where the visitor has left the category as it was.
        const untouched = boxes.filter((box) => box.checked === box.defaultChecked).map(({ name }) => name)
        const chosen = consent.choice?.services ?? {}
        const kept = config.services.filter(({ key, category }) => untouched.includes(category) && key in chosen)
        consent.save(
          Object.fromEntries(boxes.map(({ name, checked }) => [name, checked])),
          Object.fromEntries(kept.map(({ key }) => [key, chosen[key] === true])),
        )
      },
      keydown(event) {
        // Enter on a switch turns it; by itself it would save the form.
        if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || !(event.target instanceof HTMLInputElement))
          return
        event.preventDefault()
        event.target.click()
      },
    },
    h(
      'div',
      { 'data-crumb': 'head' },
      h('h2', { id: 'crumbgate-settings', tabindex: '-1', autofocus: true }, texts.preferencesTitle),
      cross(texts.close, back),
    ),
    h(
      'div',
      { 'data-crumb': 'body' },
      h('p', { id: 'crumbgate-about' }, texts.preferencesIntro, ...policyLink(config, wording)),
      h(
        'ul',
        { 'data-crumb': 'categories' },
        ...config.categories.map((category) => categoryItem(category, consent, config, wording)),
      ),
    ),
    h(
      'div',
      { 'data-crumb': 'actions' },
      button('reject', texts.reject, consent.reject),
      button('accept', texts.accept, consent.accept),
      button('save', texts.save),
    ),
  )
  return h(
    'dialog',
    { 'data-crumb': 'preferences', 'aria-labelledby': 'crumbgate-settings', 'aria-describedby': 'crumbgate-about' },
    form,
  )
}
