import { button, h } from '../markup/element'
import { fill, formatIn, type Wording } from '../markup/wording'
import type { Config, Receipt } from '../types'

function save(receipts: readonly Receipt[]): void {
  const file = new Blob([JSON.stringify(receipts, null, 2)], { type: 'application/json' })
  const address = URL.createObjectURL(file)
  h('a', { href: address, download: 'receipts.json' }).click()
  // The download has begun by then: https://w3c.github.io/FileAPI/#lifeTime
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** The visitor's decisions, for the preferences; nothing while there are none. */
export function receiptsView(receipts: readonly Receipt[], config: Config, wording: Wording): HTMLElement | string {
  const { lang, texts } = wording
  const dates = new Intl.DateTimeFormat(formatIn(lang), { dateStyle: 'long', timeStyle: 'short' })
  const nameOf = (key: string) => {
    const category = config.categories.find((item) => item.key === key)
    return category ? wording.titleOf(category) : key
  }
  const line = (label: string, keys: readonly string[]) =>
    keys.length > 0 && h('p', {}, h('strong', {}, label), ' ', keys.map(nameOf).join(', '))
  /** Services that differ from their category. */
  const differing = ({ granted, services }: Receipt, isAllowed: boolean) =>
    config.services.flatMap(({ key, category, title = key }) =>
      services[key] === isAllowed && granted.includes(category) !== isAllowed ? [title] : [],
    )
  const item = (receipt: Receipt) => {
    const { id, at, granted, denied } = receipt
    return h(
      'li',
      { 'data-crumb': 'service' },
      h('time', { datetime: at }, dates.format(Date.parse(at))),
      line(texts.allowed, [...granted, ...differing(receipt, true)]),
      line(texts.refused, [...denied, ...differing(receipt, false)]),
      h('p', {}, ...fill(texts.reference, 'id', id)),
    )
  }
  if (receipts.length === 0) return ''
  return h(
    'details',
    { 'data-crumb': 'receipts' },
    h('summary', {}, ...fill(texts.receipts, 'n', `${receipts.length}`)),
    h('ul', {}, ...receipts.map(item)),
    button('download', texts.download, () => save(receipts)),
  )
}
