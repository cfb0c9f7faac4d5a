import * as fc from 'fast-check'
import { afterEach, expect, it, vi } from 'vitest'
import { locale as english } from '../../src/locales/en'
import { fetchLocale } from '../../src/locales/fetch'
import { rich } from '../../src/markup/rich'
import { PATIENCE, runs } from './runs'

afterEach(() => vi.unstubAllGlobals())

it(
  'a file of a language is one of all texts, or none',
  async () => {
    vi.stubGlobal('VERSION', '1')
    const names = Object.keys(english.texts)
    const files = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.oneof(fc.string(), fc.jsonValue()), { minLength: names.length - 1, maxLength: names.length + 1 }),
    )
    await fc.assert(
      fc.asyncProperty(files, async (file) => {
        vi.stubGlobal('fetch', async () => new Response(JSON.stringify(file)))
        const found = await fetchLocale('de', 'https://shop.example/crumbgate.js').catch((error: unknown) => error)
        if (found instanceof Error) return
        expect(Object.keys(Object(found).texts)).toEqual(names)
        expect(Object.values(Object(found).texts).every((text) => typeof text === 'string')).toBe(true)
      }),
      runs(0.02),
    )
  },
  PATIENCE,
)

it(
  'of any text, what is shown is that text, and links lead only where links may (SEC 2)',
  () => {
    vi.stubGlobal('Document', { prototype: { createElement: (tag: string) => new Shown(tag) } })
    vi.stubGlobal('document', {})
    vi.stubGlobal('Node', Shown)
    const parts = [
      '[',
      ']',
      '(',
      ')',
      '*',
      '**',
      ' ',
      'a',
      'javascript:',
      'data:',
      'https://',
      '/',
      '#',
      ':',
      '\u0001',
      '<b>',
    ]
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...parts), maxLength: 30 }), (text) => {
        for (const node of rich(text)) {
          if (!(node instanceof Shown) || node.tag !== 'a') continue
          const address = new URL(`${node.attributes.get('href')}`, 'https://shop.example/')
          expect(['https:', 'http:', 'mailto:']).toContain(address.protocol)
        }
      }),
      runs(),
    )
  },
  PATIENCE,
)

/** As much of an element as is needed to see what has become of a text. */
class Shown {
  readonly attributes = new Map<string, string>()
  constructor(readonly tag: string) {}
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value)
  }
  append(): void {}
}
