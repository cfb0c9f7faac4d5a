import { button, cross, h } from '../markup/element'
import { countOf, plural } from './count'
import css from './panel.css?important'
import type { Report } from './report'

/** The panel, for the owner alone: English, and not modal. */
export interface Panel {
  /** What it is all in. */
  readonly host: HTMLElement
  show(report: Report): void
  remove(): void
}

/** Below this width it would lie over the banner, and begins small. */
const NARROW = 880

/** One line of a list. */
function row(kind: string, label: string, ...parts: readonly (Node | string | false)[]): HTMLElement {
  return h('li', { 'data-kind': kind }, h('b', {}, label), h('div', {}, ...parts))
}

const code = (text: string) => h('code', {}, text)
const small = (text: string) => !!text && h('small', {}, text)

function rowsOf({ findings, tags, requests, storage }: Report): Record<string, HTMLElement[]> {
  return {
    Findings: findings.map(({ severity, what, instead, element }) =>
      row(
        severity,
        severity,
        h('p', {}, what),
        !!element && code(element),
        h('p', { 'data-crumb': 'instead' }, instead),
      ),
    ),
    Tags: tags.map(({ state, element, consent, service, why = '' }) =>
      row(why ? 'blocked' : state, state, code(element), small([consent, service, why].filter(Boolean).join(', '))),
    ),
    Requests: requests.map(({ when, url, type, at, consent, service }) =>
      row(
        when === 'allowed' || when === 'unknown' ? when : 'error',
        when,
        code(url),
        small([type, `${at} ms`, consent, service].filter(Boolean).join(', ')),
      ),
    ),
    Storage: storage.map(({ trace, name, services, at, by, days }) =>
      row(
        services.length ? 'ran' : 'warning',
        services.join(', ') || 'undeclared',
        code(name),
        small(
          [
            trace,
            at === null ? 'from before' : `since ${at} ms`,
            days !== null && (days ? `for ${plural(days, 'day')}` : 'until the browser is closed'),
            by && `by ${by}`,
          ]
            .filter(Boolean)
            .join(', '),
        ),
      ),
    ),
  }
}

/** What a section says when there is nothing in it. */
const EMPTY: Readonly<Record<string, string>> = {
  Findings: 'Nothing to mend has been found on this page.',
  Tags: 'No tag has data-consent.',
  Requests: 'Nothing was asked of other sites.',
  Storage: 'Nothing is stored but the choice.',
}

/** @param close called by the cross */
export function createPanel(close: () => void): Panel {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  let last = ''
  let json = ''

  const lists = new Map(
    Object.keys(EMPTY).map((name) => {
      const count = h('span', {})
      const list = h('ul', {})
      const section = h('details', { open: name === 'Findings' }, h('summary', {}, name, ' ', count), list)
      return [name, { count, list, section }]
    }),
  )
  const badge = button('badge', '', () => fold(false))
  const status = h('span', { role: 'status' })
  const text = h('textarea', { 'aria-label': 'Report as JSON', readonly: true, hidden: true, rows: '6' })

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(json)
      status.textContent = 'Copied'
    } catch {
      // Refused, or not there on plain http.
      text.value = json
      text.hidden = false
      text.select()
      status.textContent = 'Copy it from here'
    }
  }

  const box = h(
    'section',
    { 'aria-label': 'Crumbgate debug panel', 'data-crumb': 'debug' },
    h(
      'header',
      {},
      h('h2', {}, 'Crumbgate'),
      h('small', {}, VERSION),
      button('move', 'Other side', () => host.toggleAttribute('data-start')),
      button('fold', 'Fold', () => fold(true)),
      cross('Close the debug panel', close),
    ),
    h(
      'div',
      { 'data-crumb': 'body', tabindex: '0', role: 'group', 'aria-label': 'Report' },
      ...[...lists.values()].map(({ section }) => section),
    ),
    h('footer', {}, button('copy', 'Copy as JSON', copy), status, text),
  )
  const layer = h('div', { popover: 'manual', 'data-crumb': 'layer' }, badge, box)
  const host = h('div', { id: 'crumbgate-debug', 'data-nosnippet': true, lang: 'en', dir: 'ltr' }, layer)

  function fold(isSmall: boolean): void {
    const hadFocus = host.contains(document.activeElement)
    host.toggleAttribute('data-folded', isSmall)
    if (hadFocus) (isSmall ? badge : box.querySelector('button'))?.focus()
  }
  fold(innerWidth < NARROW)

  /** Put it into the page, again each time: pages throw out what they do not know. */
  function attach(): void {
    if (host.isConnected) return
    document.documentElement.append(host)
    if (!document.adoptedStyleSheets.includes(sheet))
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    try {
      layer.showPopover()
    } catch {
      // Without popover it stands at a fixed place.
    }
  }

  return {
    host,
    show(report) {
      attach()
      json = JSON.stringify(report, null, 2)
      if (json === last) return
      last = json
      badge.textContent = `Crumbgate: ${countOf(report.findings)}`
      badge.setAttribute('data-kind', report.findings[0]?.severity ?? 'ran')
      for (const [name, rows] of Object.entries(rowsOf(report))) {
        const part = lists.get(name)
        if (part) part.count.textContent = `${rows.length}`
        part?.list.replaceChildren(...(rows.length ? rows : [h('li', { 'data-kind': 'empty' }, EMPTY[name])]))
      }
    },
    remove() {
      host.remove()
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
    },
  }
}
