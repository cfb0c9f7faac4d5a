import { button, cross, h } from '../markup/element'
import { rich } from '../markup/rich'
import { allowsOptional, tracesOf } from '../markup/traces'
import { fill, honouredLine, policyLink, type Wording } from '../markup/wording'
import type { Category, Consent, Service } from '../types'

/** A category's row, and what the visitor has left its controls at. */
interface Row {
  readonly item: HTMLElement
  readonly category: boolean
  readonly services: Readonly<Record<string, boolean>>
}

/** The control of a category or a service; a native checkbox, which every tool knows how to turn. */
const toggle = (name: string, checked: boolean, disabled: boolean, describedby?: string) =>
  h('input', { type: 'checkbox', role: 'switch', name, checked, disabled, 'aria-describedby': describedby })

function serviceItem(service: Service, box: HTMLInputElement | undefined, { texts }: Wording): HTMLElement {
  const { key, title, provider, purpose } = service
  const names = new Set(tracesOf(service).map(([, name]) => name))
  return h(
    'li',
    { 'data-crumb': 'service' },
    h(
      box ? 'label' : 'div',
      {},
      h('span', {}, h('strong', {}, title ?? key), ' ', !!provider && h('small', {}, provider)),
      box,
    ),
    !!purpose && h('p', {}, ...rich(purpose)),
    names.size > 0 && h('p', {}, ...fill(texts.stores, 'names', [...names].join(', '))),
  )
}

function createRow(category: Category, consent: Consent, wording: Wording): Row {
  const { key, basis } = category
  const { texts } = wording
  const services = consent.config.services.filter((service) => service.category === key)
  const id = `crumbgate-category-${key}`
  const isLocked = basis === 'necessary'
  const before = consent.allows(key)
  const box = toggle(key, before, isLocked, id)
  const boxes = isLocked
    ? []
    : services.map((service) => toggle(`${key}.${service.key}`, consent.allows(key, service.key), false))

  function mix(isMixed: boolean): void {
    box.indeterminate = isMixed
    // A switch cannot be mixed: https://www.w3.org/TR/wai-aria-1.2/#switch
    if (isMixed) box.removeAttribute('role')
    else box.setAttribute('role', 'switch')
  }

  mix(boxes.some(({ checked }) => checked !== before))
  const label = isLocked ? texts.alwaysOn : basis === 'objection' && texts.unlessRefused
  return {
    item: h(
      'li',
      {
        'data-crumb': 'category',
        input({ target }) {
          if (target === box) for (const other of boxes) other.checked = box.checked
          else box.checked = boxes.every(({ checked }) => checked)
          mix(!box.checked && boxes.some(({ checked }) => checked))
        },
      },
      h(
        'label',
        {},
        h('span', { 'data-crumb': 'name' }, wording.titleOf(category)),
        label && h('span', { 'data-crumb': 'basis' }, label),
        box,
      ),
      h('p', { id }, ...rich(wording.descriptionOf(category))),
      services.length > 0 &&
        h(
          'details',
          {},
          h('summary', {}, ...fill(texts.services, 'n', `${services.length}`)),
          h('ul', {}, ...services.map((service, index) => serviceItem(service, boxes[index], wording))),
        ),
    ),
    get category() {
      return box.checked
    },
    get services() {
      return Object.fromEntries(boxes.map((other, index) => [`${services[index]?.key}`, other.checked]))
    },
  }
}

/**
 * The second layer: every category, and what is behind it. Made anew for each opening, so that the switches start from
 * what is stored.
 * @param back leaves it without a choice
 * @param more comes after the categories
 */
export function createPreferences(
  consent: Consent,
  wording: Wording,
  back: () => void,
  more: HTMLElement,
): HTMLDialogElement {
  const { config } = consent
  const { texts } = wording
  const rows = config.categories.map((category) => [category.key, createRow(category, consent, wording)] as const)
  const mayReload = config.reload && allowsOptional(consent)
  const form = h(
    'form',
    {
      submit(event) {
        event.preventDefault()
        consent.save(
          Object.fromEntries(rows.map(([key, { category }]) => [key, category])),
          Object.assign({}, ...rows.map(([, { services }]) => services)),
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
      h(
        'p',
        { id: 'crumbgate-about' },
        ...rich(texts.preferencesIntro),
        mayReload && ` ${texts.reloads}`,
        ...policyLink(config, wording),
      ),
      honouredLine(consent, wording),
      h('ul', { 'data-crumb': 'categories' }, ...rows.map(([, { item }]) => item)),
      more,
    ),
    h(
      'div',
      { 'data-crumb': 'actions' },
      button('reject', wording.reject, consent.reject),
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
