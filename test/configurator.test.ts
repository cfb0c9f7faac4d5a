import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contrast } from '../docs/configurator/contrast.js'
import { LANGUAGES } from '../docs/configurator/library.js'
import { cssOf } from '../docs/configurator/look.js'
import { optionsOf } from '../docs/configurator/options.js'
import { marksOf, moduleOf, SIGNALS, tagsOf } from '../docs/configurator/snippet.js'
import { decode, encode } from '../docs/configurator/state.js'
import { warningsOf } from '../docs/configurator/warnings.js'
import { readConfig } from '../src/core/config'
import { kebab } from '../src/kebab'
import { LANGUAGES as OURS } from '../src/locales/index'
import { regimeFor } from '../src/regions'
import * as services from '../src/services/index'
import { youtube } from '../src/services/youtube'
import { resolveServices } from '../src/services-by-name'
import { connect, gpc } from '../src/signals/index'
import type { Config } from '../src/types'

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
  expect(tagsOf({})).toBe('<script src="/crumbgate/crumbgate.js"></script>')
  expect(tagsOf({ files: 'https://cdn.example/' })).toBe('<script src="https://cdn.example/crumbgate.js"></script>')
  expect(marksOf({ services: 'youtube', 'service.counter.category': 'performance' }, { youtube })).toBe(
    '<script type="text/plain" data-consent="marketing" data-service="youtube" …>\n<script type="text/plain" data-consent="performance" data-service="counter" …>',
  )
  expect(cssOf({})).toBe('')
  expect(tagsOf({ policy: '/a?b="c"&d', services: 'youtube', acceptDays: '90' })).toBe(
    '<script src="/crumbgate/crumb-services.js"></script>\n<script src="/crumbgate/crumbgate.js" data-policy="/a?b=&quot;c&quot;&amp;d" data-accept-days="90" data-services="youtube"></script>',
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

it.each([
  ['no privacy policy', {}],
  ['holds for all visitors', { regime: 'notice' }],
  ['Opt-out wants a lasting link', { regime: 'opt-out', region: 'US-CA' }],
  ['Opt-out wants a lasting link', { region: 'US-CA', 'regions.US-CA': 'opt-out' }],
  ['"none" holds for every region without a rule', { region: 'US', 'regions.*': 'none' }],
  ['"performance" is on until it is refused', { 'basis.performance': 'objection' }],
  ['"maps" cannot be refused', { 'category.maps.title': 'Maps', 'category.maps.basis': 'necessary' }],
  ['Receipts are off', {}],
  ['Google wants a certified consent platform', { services: 'google-ads' }],
  ['"films" has no provider and no purpose', { 'service.films.category': 'marketing' }],
  ['"youtube" is a marketing service, but belongs to "functional"', { 'service.youtube.category': 'functional' }],
  ['YouTube needs the category marketing, which is off', { services: 'youtube', categories: 'performance' }],
  ['Only the text of "accept" is yours', { 'text.accept': 'Fine' }],
  ['read the same', { 'text.accept': 'OK', 'text.reject': 'ok ' }],
  ['one button stands out', { 'text.accept': 'Yes', 'text.reject': 'No, I do not want any of this today' }],
] as const)('warns: %s', (what, given) => {
  const ready = Object.fromEntries(Object.entries(services).map(([name, service]) => [kebab(name), service]))
  const found = (more: Record<string, string>) =>
    warningsOf(more, ready).filter((warning) => warning.what.includes(what))
  const [warning, ...others] = found(given)
  expect(others).toEqual([])
  expect(warning?.todo).toMatch(/\.$/)
  expect(warning?.href).toMatch(/^https:/)
  // What is in order is not warned about.
  expect(
    found({
      policy: '/privacy',
      receipts: 'on',
      services: 'youtube',
      'text.accept': 'Yes, all',
      'text.reject': 'No, none',
    }),
  ).toEqual([])
})

const each = (name: string, values: string) => values.split(' ').map((value) => ({ [name]: value }))
/** Every value that the form offers, and what an owner writes. */
const CHOICES: Record<string, string>[] = [
  {},
  ...each('layout', 'card bar center'),
  ...each('position', 'bottom-start bottom bottom-end top-start top top-end'),
  ...each('button', 'start end'),
  ...each('theme', 'light dark'),
  ...each('regime', 'opt-out notice none'),
  ...each('signals', SIGNALS.join(' ')),
  ...each('lang', LANGUAGES.join(' ')),
  ...each('services', Object.keys(services).map(kebab).join(' ')),
  ...each('categories', 'marketing functional,performance none'),
  ...each('basis.performance', 'objection necessary'),
  { close: 'reject', reask: 'everyone', revision: '3', acceptDays: '90', refuseDays: '200', receipts: 'on' },
  { policy: 'https://shop.example/privacy', receipts: '/consent', signals: 'google,gpc', services: 'youtube,hotjar' },
  { region: 'US-CA', 'regions.US-CA': 'opt-out', 'regions.JP': 'notice', 'regions.*': 'opt-in' },
  { 'category.maps.title': 'Maps', 'category.maps.description': 'Show shops.', 'service.map.category': 'maps' },
  {
    'service.films.category': 'marketing',
    'service.films.cookies': '_film* b',
    'service.films.lifetimes': '_film*=30',
    'service.films.localStorage': 'film, film-*',
    'service.films.sessionStorage': 'film',
    'service.films.indexedDB': 'films',
    'service.films.caches': 'films-*',
    'service.films.purpose': 'Shows "our" film.',
    services: 'vimeo',
    'text.accept': 'Yes, all of it',
  },
]
const OUT = join(import.meta.dirname, '../test-results/configurator')

it.each(CHOICES.map((choice) => ({ name: JSON.stringify(choice).slice(0, 60), choice })))(
  'offers what the library takes, as tags and as a module: $name',
  async ({ choice }) => {
    const { signals, region, regions, ...plain } = optionsOf(choice)
    const options: Record<string, unknown> = { ...plain, ...(regions || region ? regimeFor({ region: 'US-CA' }) : {}) }
    expect(resolveServices(options)).toEqual([])
    // A regime that wants a signal has it: the tag of crumb-signals.js is there.
    const { config, problems } = readConfig(plain.regime ? { ...options, signals: connect(gpc()) } : options)
    expect(problems).toEqual([])
    expect(tagsOf(choice).includes('crumb-signals.js')).toBe(!!(signals || region || regions || plain.regime))

    mkdirSync(OUT, { recursive: true })
    const file = join(OUT, `${CHOICES.indexOf(choice)}.mjs`)
    const dist = join(import.meta.dirname, '../dist')
    const code = moduleOf(choice)
      .replace(/'crumbgate\/signals'/, `'${dist}/signals/index.js'`)
      .replace(/'crumbgate\/(\w+)'/g, `'${dist}/$1.js'`)
      .replace("'crumbgate'", `'${dist}/index.js'`)
      .replace('\ncreateConsent(', '\nexport const consent = createConsent(')
    writeFileSync(file, code)
    const { consent } = await import(file)
    if (!region && !regions) {
      const without = ({ signals: _, ...rest }: Config) => JSON.parse(JSON.stringify(rest))
      expect(without(consent.config)).toEqual(without(config))
    }
  },
)
