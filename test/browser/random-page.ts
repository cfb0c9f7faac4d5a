// Pages of random scripts, the same for the same seed.

/** How the browser treats a script: the order inside a lane is fixed, `async` has none. */
export type Lane = 'sync' | 'deferred' | 'async' | 'never'

export interface RandomScript {
  readonly id: string
  readonly lane: Lane
  /** Condition for it to run, `null` for one of the page's own. */
  readonly consent: string | null
  /** Attributes but for `id`, `type` and `data-consent`. */
  readonly attributes: string
  /** Its real type, `''` for classic. */
  readonly type: string
  readonly text: string
  readonly place: 'head' | 'body' | 'nested'
}

export interface RandomPage {
  readonly granted: readonly string[]
  readonly scripts: readonly RandomScript[]
  /** Characters sent at once, if it is sent in pieces. */
  readonly pieces: number | undefined
}

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, with the constants of Numerical Recipes. */
function random(seed: number): (below: number) => number {
  let state = (seed * 2654435761 + 12345) >>> 0
  return (below) => {
    state = (state * 1664525 + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const CATEGORIES = ['functional', 'performance', 'marketing']
const CONSENTS = [
  ...CATEGORIES,
  'performance marketing',
  'performance|marketing',
  '!marketing',
  'functional !performance',
  'necessary',
]

export function isMet(consent: string, granted: readonly string[]): boolean {
  return consent.split('|').some((part) =>
    part.split(' ').every((word) => {
      const name = word.replace('!', '')
      return word === name ? name === 'necessary' || granted.includes(name) : !granted.includes(name)
    }),
  )
}

export function randomPage(seed: number): RandomPage {
  const below = random(seed)
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] ?? Object(undefined)
  const granted = CATEGORIES.filter(() => below(3) > 0)
  const scripts: RandomScript[] = []
  /** The latest script that has certainly run when the next blocking one does. */
  let latest = ''
  const count = 3 + below(14)
  const mapAt = below(3) === 0 ? below(count) : -1
  /** The condition of the import map so far, if there is one that holds. */
  let mapped: string | null | undefined
  let headUntil = below(count)
  if (below(4) === 0) headUntil = 0

  for (let index = 0; index < count; index++) {
    const id = `s${index}`
    const kind = below(16)
    const drawn = below(4) === 0 ? null : pick(CONSENTS)
    const needsMap = kind === 15 && mapped !== undefined && index !== mapAt
    // Nobody's module could find what a held map names.
    const consent = needsMap ? (mapped ?? null) : drawn
    const runs = consent === null || isMet(consent, granted)
    const place = index < headUntil ? 'head' : pick(['body', 'body', 'nested'] as const)
    const file = (extra = '') => `src="/s/${id}.js?ms=${pick([0, 0, 0, 15, 40])}${extra}"`
    const script = (lane: Lane, attributes: string, type = '', text = '') =>
      scripts.push({ id, lane, consent, attributes, type, text, place })
    if (index === mapAt) {
      script('never', '', 'importmap', '{"imports":{"thing":"/s/thing.js"}}')
      if (runs) mapped = consent
      continue
    }
    switch (kind) {
      case 0:
      case 1:
        script('sync', '', '', `run('${id}')`)
        if (runs) latest = id
        break
      case 2:
      case 3:
      case 4:
        script('sync', file())
        if (runs) latest = id
        break
      case 5:
        script('sync', '', '', `run('${id}:' + (ran.includes('${latest}') || '${latest}' === ''))`)
        break
      case 6:
        script('async', `async ${file()}`)
        break
      case 7:
      case 8:
        script('deferred', `defer ${file()}`)
        break
      case 9:
        script('deferred', '', 'module', `run('${id}')`)
        break
      case 10:
        script('deferred', file(), 'module')
        break
      case 11:
        script('async', `async ${below(2) ? file() : ''}`, 'module', `run('${id}')`)
        break
      case 12:
        script('never', below(2) ? `nomodule ${file()}` : 'nomodule', '', `run('${id}')`)
        break
      case 13:
        script('never', `${pick(['', 'async', 'defer'])} src="/missing/${id}.js"`)
        break
      case 14:
        script('sync', '', '', `run('${id}'); throw new Error('expected')`)
        if (runs) latest = id
        break
      default:
        if (needsMap) script('deferred', '', 'module', `import 'thing'; run('${id}')`)
        else script('never', '', 'application/json', `{"run":"${id}"}`)
    }
  }
  return { granted, scripts, pieces: below(3) === 0 ? 20 + below(180) : undefined }
}

/** The markup: `marked` for Crumbgate, else as if every tag whose condition holds had never been marked. */
export function markup(page: RandomPage, marked: boolean): { head: string; body: string } {
  const tag = ({ id, consent, attributes, type, text, place }: RandomScript) => {
    if (!marked && consent !== null && !isMet(consent, page.granted)) return ''
    const types =
      marked && consent !== null
        ? `type="text/plain" data-consent="${consent}"${type && ` data-type="${type}"`}`
        : type && `type="${type}"`
    const script = `<script id="${id}" ${types} ${attributes}>${text}</script>`
    if (place === 'head') return script
    return place === 'nested' ? `<div><p>text</p><section>${script}</section></div>` : `${script}<p>text</p>`
  }
  const inHead = page.scripts.filter(({ place }) => place === 'head')
  const inBody = page.scripts.filter(({ place }) => place !== 'head')
  return { head: inHead.map(tag).join('\n'), body: inBody.map(tag).join('\n') }
}
