import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contrast } from '../docs/configurator/contrast.js'
import { LANGUAGES } from '../docs/configurator/library.js'
import { cssOf } from '../docs/configurator/look.js'
import { optionsOf } from '../docs/configurator/options.js'
import { moduleOf, tagsOf } from '../docs/configurator/snippet.js'
import { decode, encode } from '../docs/configurator/state.js'
import { warningsOf } from '../docs/configurator/warnings.js'
import { LANGUAGES as OURS } from '../src/locales/index'

const text = fc.string({ minLength: 1 }).filter((value) => /\S/.test(value))
const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/).filter((name) => !/^(constructor|prototype)$/.test(name))
const colour = fc.stringMatching(/^#[0-9a-f]{6}$/)
const state = fc
  .tuple(
    fc.record({ policy: text, 'text.accept': text, 'light.ink': colour, 'dark.paper': colour }, { requiredKeys: [] }),
    fc.record({ layout: fc.constantFrom('bar', 'center'), 'regions.*': fc.constant('opt-in') }, { requiredKeys: [] }),
    fc.dictionary(
      key.map((name) => `service.${name}.purpose`),
      text,
    ),
  )
  .map((parts): Record<string, string> => Object.assign({}, ...parts))

it('has a state that comes back out of the address', () => {
  fc.assert(
    fc.property(state, (given) => {
      expect(decode(`#${encode(given)}`)).toEqual({ state: given, dropped: [] })
    }),
  )
})

it('reads any address, and names what it leaves out', () => {
  fc.assert(
    fc.property(fc.string(), (hash) => {
      expect(() => encode(decode(hash).state)).not.toThrow()
    }),
  )
  expect(decode('#v=1&layout=bar&layout=card&theme=%E0&shape=round&v=2&__proto__=a')).toEqual({
    state: { layout: 'bar' },
    dropped: ['layout=card', 'theme=%E0', 'shape=round', 'v=2', '__proto__=a'],
  })
})

it('has the languages of the library', () => {
  expect(LANGUAGES).toEqual([...OURS])
})

it('writes only what differs', () => {
  expect(optionsOf({})).toEqual({})
  expect(tagsOf({})).toBe('<script src="crumbgate.js"></script>')
  expect(cssOf({})).toBe('')
  expect(tagsOf({ policy: '/a?b="c"&d', services: 'youtube', acceptDays: '90' })).toBe(
    '<script src="crumb-services.js"></script>\n<script src="crumbgate.js" data-policy="/a?b=&quot;c&quot;&amp;d" data-accept-days="90" data-services="youtube"></script>',
  )
})

it('lets no text end the JSON block', () => {
  expect(tagsOf({ 'text.title': '</script><!--' })).toContain('\\u003c/script>\\u003c!--')
})

it('imports what a module needs', () => {
  const lines = moduleOf({ services: 'google-tag-manager,youtube', signals: 'gtm' })
  expect(lines).toContain("import { googleTagManager as googleTagManagerService, youtube } from 'crumbgate/services'")
  expect(lines).toContain("import { connect, googleTagManager } from 'crumbgate/signals'")
})

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

it('has nothing to say of the colours by default', () => {
  expect(warningsOf({ policy: '/privacy', receipts: 'on' }, {})).toEqual([])
})

it('knows that colours for light hold in the dark too', () => {
  const [first] = warningsOf({ policy: '/privacy', receipts: 'on', 'light.paper': '#fbf5ea' }, {})
  expect(first?.what).toMatch(/^Titles and links \(ink on paper\), dark: 1\.03 : 1/)
})
