// Shared with every other copy and version of Crumbgate on the page, so it must stay a set of elements.
const KEY = Symbol.for('crumbgate')

/** The scripts and templates of the page that have been let go: each at most once, whoever asks. */
export function ledgerOf(document: Document): WeakSet<Element> {
  const shared: unknown = Reflect.get(document, KEY)
  if (shared instanceof WeakSet) return shared
  const own = new WeakSet<Element>()
  Object.defineProperty(document, KEY, { value: own })
  return own
}
