import { kebab } from './kebab'
import type { Config } from './types'

/** What other tools call our categories. */
const MEANINGS = new Map(
  Object.entries({
    necessary: ['c0001', 'essential', 'strictly-necessary'],
    functional: ['c0003', 'experience', 'functionality', 'preferences'],
    performance: ['analytics', 'c0002', 'measurement', 'statistics'],
    marketing: ['ads', 'advertisement', 'advertising', 'c0004', 'c0005', 'targeting'],
  }).flatMap(([key, names]) => [key, ...names].map((name): [string, string] => [name, key])),
)

/** What the owner says another tool's names stand for here, such as `{ "social": "marketing" }`. */
export type Names = Readonly<Record<string, string>>

const own = (names: Names, name: string) => (Object.hasOwn(names, name) ? names[name] : undefined)
const known = (list: readonly { readonly key: string }[], key: string | undefined) =>
  list.find((item) => item.key === key)?.key

/**
 * Our category of another tool's name: `undefined` if nothing says what it is, `null` if there is none here for it.
 */
export function categoryOf(name: string, { categories }: Config, names: Names = {}): string | null | undefined {
  const said = own(names, name)
  if (said !== undefined) return known(categories, said) ?? null
  const usual = MEANINGS.get(kebab(name))
  return (
    known(categories, name) ?? known(categories, kebab(name)) ?? known(categories, usual) ?? (usual ? null : undefined)
  )
}

/** Our service of another tool's name. */
export const serviceOf = (name: string, { services }: Config, names: Names = {}): string | undefined =>
  known(services, own(names, name) ?? name) ?? known(services, kebab(name))

/**
 * What to write for a name that nothing explains.
 * @param meaning what it may stand for; left open where nothing speaks for one
 */
export const advice = (
  option: string,
  tool: string,
  list: 'categories' | 'services',
  name: string,
  { categories, services }: Config,
  meaning = '…',
) => {
  const keys = [...(list === 'services' ? services : []), ...categories].map(({ key }) => key)
  return `Write "${option}": { "${tool}": { "${list}": { "${name}": "${meaning}" } } }${meaning === '…' ? ` with one of ${keys.join(', ')}` : ''}`
}
