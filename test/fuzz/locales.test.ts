import * as fc from 'fast-check'
import { afterEach, expect, it, vi } from 'vitest'
import { locale as german } from '../../src/locales/de'
import { locale as english } from '../../src/locales/en'
import { fetchLocale } from '../../src/locales/fetch'
import { h } from '../../src/markup/element'
import { rich } from '../../src/markup/rich'
import { mutated } from './arbitrary'
import { PATIENCE, runs } from './runs'

afterEach(() => vi.unstubAllGlobals())

const SHOP = 'https://shop.example/'
const NAMES = Object.keys(english.texts)
/** The file as the build writes it: `build/locale-files.mjs`. */
const FILE: readonly unknown[] = NAMES.map((name) => Reflect.get(german.texts, name))

const aFile = fc
  .array(
    fc.record({
      kind: fc.constantFrom('change', 'change', 'change', 'swap', 'drop', 'add'),
      at: fc.nat(NAMES.length - 1),
      part: fc.oneof(fc.string(), fc.jsonValue()),
    }),
    { maxLength: 4 },
  )
  .map((edits) => {
    const file = [...FILE]
    for (const { kind, at, part } of edits) {
      if (kind === 'change') file[at] = part
      else if (kind === 'swap') file.push(...file.splice(at, 1))
      else if (kind === 'drop') file.splice(at, 1)
      else file.splice(at, 0, part)
    }
    return JSON.stringify(file)
  })
const anAnswer = fc
  .oneof(
    { weight: 6, arbitrary: aFile },
    { weight: 2, arbitrary: mutated(fc.constant(JSON.stringify(FILE))).map(({ after }) => after) },
    { weight: 1, arbitrary: fc.oneof(fc.json(), fc.string(), fc.constant('<!doctype html><title>Not found</title>')) },
  )
  // As it arrives: half a pair of surrogates is nothing that UTF-8 has.
  .map((text) => Buffer.from(text).toString())

const isText = (part: unknown): part is string => typeof part === 'string'

/** What the file holds, if it is one of as many texts as there are names. */
function textsIn(answer: string): string[] | undefined {
  try {
    const file: unknown = JSON.parse(answer)
    return Array.isArray(file) && file.length === NAMES.length && file.every(isText) ? file : undefined
  } catch {
    return undefined
  }
}

it(
  'a file of a language is one of all texts, or none',
  async () => {
    vi.stubGlobal('VERSION', '1')
    const statuses = fc.constantFrom(200, 200, 200, 200, 200, 404, 500, undefined)
    await fc.assert(
      fc.asyncProperty(anAnswer, statuses, async (answer, status) => {
        vi.stubGlobal('fetch', async () => {
          if (!status) throw new TypeError('Failed to fetch')
          return new Response(answer, { status })
        })
        const found = await fetchLocale('de', `${SHOP}crumbgate.js`).catch((error: unknown) => error)
        const texts = status === 200 ? textsIn(answer) : undefined
        if (!texts) expect(found).toBeInstanceOf(Error)
        else
          expect(found).toEqual({ lang: 'de', texts: Object.fromEntries(texts.map((text, at) => [NAMES[at], text])) })
      }),
      runs(0.05),
    )
  },
  PATIENCE,
)

const PARTS = [
  '[',
  ']',
  '(',
  ')',
  '*',
  '**',
  ' ',
  '\n',
  'a',
  '/',
  '#',
  '?',
  ':',
  '\u0001',
  'https://',
  'mailto:',
  'http:',
]
PARTS.push('javascript:', 'JavaScript:', 'data:', '<b>', '</p>', '<img src=x onerror=alert(1)>', '&lt;', '"')
const someParts = (maxLength: number) => fc.string({ unit: fc.constantFrom(...PARTS), maxLength })
const aSentence = fc
  .array(
    fc.oneof(
      someParts(6),
      fc.tuple(someParts(3), someParts(3)).map(([label, address]) => `[${label}](${address})`),
      someParts(3).map((text) => `*${text}*`),
      someParts(3).map((text) => `**${text}**`),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))

it(
  'of any text, what is shown is that text, and links lead only where links may (SEC 2)',
  () => {
    vi.stubGlobal('Document', { prototype: { createElement: (tag: string) => new Shown(tag) } })
    vi.stubGlobal('document', {})
    vi.stubGlobal('Node', Shown)
    fc.assert(
      fc.property(aSentence, (sentence) => {
        // Read from its start, part by part, as what is shown says.
        let rest = sentence
        const take = (part: string) => {
          if (!rest.startsWith(part))
            throw new Error(`${JSON.stringify(rest)} does not begin with ${JSON.stringify(part)}`)
          rest = rest.slice(part.length)
        }
        const paragraph: unknown = h('p', {}, ...rich(sentence))
        for (const node of childrenOf(paragraph)) {
          if (typeof node !== 'string') take(sourceOf(node))
          else if (rest.startsWith(node)) {
            expect(node).not.toMatch(/\[[^[\]]+\]\([^()\s]+\)|\*[^*\s]+\*/)
            take(node)
          } else {
            // The text of a link that may not lead there.
            const [, address = ''] = /^\[[^[\]]+\]\(([^()\s]+)\)/.exec(rest) ?? []
            expect(address).toMatch(/^(?!https?:|mailto:)[^/?#]*:/i)
            take(`[${node}](${address})`)
          }
        }
        expect(rest).toBe('')
      }),
      runs(0.25),
    )
  },
  PATIENCE,
)

/** As much of an element as is needed to see what has become of a text. There is no other way to make one. */
class Shown {
  readonly attributes = new Map<string, string>()
  readonly children: unknown[] = []
  constructor(readonly tag: string) {}
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value)
  }
  append(...children: unknown[]): void {
    this.children.push(...children)
  }
}

const childrenOf = (element: unknown) => (element instanceof Shown ? element.children : [])

/** The markup that an element comes from. */
function sourceOf(element: unknown): string {
  if (!(element instanceof Shown) || element.children.some((child) => typeof child !== 'string')) {
    throw new Error('not an element of text alone')
  }
  const { tag, attributes } = element
  const text = element.children.join('')
  if (tag !== 'a') expect([...attributes.keys()]).toEqual([])
  if (tag === 'strong') return `**${text}**`
  if (tag === 'em') return `*${text}*`
  expect([tag, ...attributes.keys(), attributes.get('rel')]).toEqual(['a', 'href', 'rel', 'noopener'])
  const href = attributes.get('href') ?? ''
  // A browser goes nowhere with an address that is none.
  if (URL.canParse(href, SHOP)) expect(['https:', 'http:', 'mailto:']).toContain(new URL(href, SHOP).protocol)
  return `[${text}](${href})`
}
