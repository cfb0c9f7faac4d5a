import { button, h } from '../markup/element'
import { rich } from '../markup/rich'
import { allowsOptional, tracesOf } from '../markup/traces'
import { fill, formatIn, honouredLine, type Wording } from '../markup/wording'
import { receiptPrefix } from '../receipts/key'
import type { Category, Consent, Service, Texts, Trace } from '../types'

/** Kinds of storage, by the names that they have in every language. */
const KINDS = {
  cookies: '',
  localStorage: 'localStorage',
  sessionStorage: 'sessionStorage',
  indexedDB: 'IndexedDB',
  caches: 'Cache Storage',
} as const

function duration(days: number, lang: string): string {
  const [value, unit] = days % 365 === 0 ? [days / 365, 'year'] : days % 30 === 0 ? [days / 30, 'month'] : [days, 'day']
  return new Intl.NumberFormat(formatIn(lang), { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}

/** What a service stores, where, and for how long. */
function stored(service: Service, { lang, texts }: Wording): [name: string, kind: string, lifetime: string][] {
  const lifetimeOf = (trace: Trace, name: string) => {
    if (trace !== 'cookies') return trace === 'sessionStorage' ? texts.session : texts.lasting
    const days = service.lifetimes?.[name]
    if (days === undefined) return ''
    return days > 0 ? duration(days, lang) : texts.session
  }
  return tracesOf(service).map(([trace, name]) => [name, KINDS[trace], lifetimeOf(trace, name)])
}

const HEADS = ['service', 'provider', 'purpose', 'stored', 'lifetime'] as const

/** One row for each thing that is stored, the service's own cells in the first. */
function serviceRows(service: Service, state: string, wording: Wording): HTMLElement[] {
  const { texts } = wording
  const { key, title, provider = '', purpose = '' } = service
  const all = stored(service, wording)
  const lines = all.length > 0 ? all : [['', '', '']]
  // The roles, since small screens show the table as blocks, which takes its meaning away.
  const cell = (head: keyof Texts, span: number, ...children: (Node | string)[]) =>
    h('td', { role: 'cell', rowspan: `${span}`, 'data-label': texts[head] }, ...children)
  return lines.map(([name = '', kind = '', lifetime = ''], index) =>
    h(
      'tr',
      { role: 'row' },
      index === 0 &&
        h(
          'th',
          { role: 'rowheader', scope: 'row', rowspan: `${lines.length}` },
          title ?? key,
          state && h('small', { 'data-crumb': 'state' }, state),
        ),
      ...(index === 0
        ? [cell('provider', lines.length, provider), cell('purpose', lines.length, ...rich(purpose))]
        : []),
      cell('stored', 1, name && h('code', { dir: 'ltr' }, name), kind && ' ', kind && h('small', {}, kind)),
      cell('lifetime', 1, lifetime),
    ),
  )
}

function categorySection(category: Category, consent: Consent, wording: Wording): HTMLElement {
  const { config, allows } = consent
  const { texts } = wording
  const { key, basis } = category
  const isAllowed = allows(key)
  const word = (allowed: boolean) => (allowed ? texts.allowed : texts.refused)
  const rows = config.services
    .filter((service) => service.category === key)
    .flatMap((service) => {
      const differs = allows(key, service.key) !== isAllowed
      return serviceRows(service, differs ? word(!isAllowed) : '', wording)
    })
  if (key === 'necessary') {
    const { cookieName, acceptDays, refuseDays, categories, receipts } = config
    const objections = categories.some(({ basis: other }) => other === 'objection') ? 400 : 0
    const days = Math.max(acceptDays, refuseDays, objections)
    const own = {
      key: location.hostname,
      category: key,
      provider: location.hostname,
      purpose: texts.ownPurpose,
      cookies: [cookieName],
      localStorage: receipts ? [`${receiptPrefix(cookieName)}*`] : [],
    }
    rows.push(...serviceRows({ ...own, lifetimes: { [cookieName]: days } }, '', wording))
  }
  return h(
    'section',
    { 'data-crumb': 'category' },
    h(
      'h3',
      {},
      wording.titleOf(category),
      ' ',
      h('small', { 'data-crumb': 'state' }, basis === 'necessary' ? texts.alwaysOn : word(isAllowed)),
    ),
    h('p', {}, ...rich(wording.descriptionOf(category))),
    rows.length > 0 &&
      h(
        'table',
        { role: 'table', 'aria-label': wording.titleOf(category) },
        h(
          'thead',
          { role: 'rowgroup' },
          h(
            'tr',
            { role: 'row' },
            ...HEADS.map((head) => h('th', { role: 'columnheader', scope: 'col' }, texts[head])),
          ),
        ),
        h('tbody', { role: 'rowgroup' }, ...rows),
      ),
  )
}

function choiceSection(consent: Consent, wording: Wording): HTMLElement {
  const { lang, texts } = wording
  const { choice, open, withdraw } = consent
  const date = (time: number) => new Intl.DateTimeFormat(formatIn(lang), { dateStyle: 'long' }).format(time)
  return h(
    'section',
    { 'data-crumb': 'choice' },
    h('h3', {}, texts.choice),
    h('p', {}, ...(choice ? fill(texts.decided, 'date', date(choice.updatedAt)) : [texts.undecided])),
    honouredLine(consent, wording),
    choice && h('p', {}, h('small', {}, ...fill(texts.reference, 'id', choice.id))),
    h(
      'p',
      { 'data-crumb': 'actions' },
      button('settings', choice ? texts.change : texts.settings, () => open('preferences')),
      !!choice && allowsOptional(consent) && button('withdraw', texts.withdraw, withdraw),
    ),
  )
}

/** Everything in the table element. */
export function contentsOf(consent: Consent, wording: Wording): HTMLElement {
  return h(
    'div',
    { 'data-crumb': 'declaration', lang: wording.lang, dir: wording.dir },
    choiceSection(consent, wording),
    ...consent.config.categories.map((category) => categorySection(category, consent, wording)),
  )
}
