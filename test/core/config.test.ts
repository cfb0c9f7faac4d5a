import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/core/config'
import { connect, gpc } from '../../src/signals/index'
import type { Options } from '../../src/types'

describe('readConfig', () => {
  it('needs nothing', () => {
    const { config, problems } = readConfig({})
    expect(problems).toEqual([])
    expect(config.categories.map(({ key }) => key)).toEqual(['necessary', 'functional', 'performance', 'marketing'])
    expect(config).toMatchObject({
      revision: 0,
      acceptDays: 365,
      refuseDays: 183,
      reask: 'granted',
      cookieName: 'crumbgate',
      regime: 'opt-in',
      auto: true,
      reload: true,
      receipts: false,
      button: false,
      theme: 'auto',
      layout: 'card',
      position: 'bottom-start',
      texts: {},
      services: [],
    })
    expect(readConfig({ policy: undefined })).toEqual({ config, problems: [] })
    expect(Object.isFrozen(config)).toBe(true)
  })

  it.each([
    ['opt-in', 'consent', 183],
    ['opt-out', 'objection', 365],
    ['notice', 'objection', 183],
    ['none', 'objection', 183],
  ] as const)(
    'under %s what needs consent has the basis %s, and a refusal holds for %s days (REG 28)',
    (regime, basis, days) => {
      const { config, problems } = readConfig({ regime, signals: connect(gpc()) })
      expect(problems).toEqual([])
      expect(config.categories.map((category) => category.basis)).toEqual(['necessary', basis, basis, basis])
      expect(config.refuseDays).toBe(days)
    },
  )

  it('is opt-in under a regime that it does not know, and says so (REG 32)', () => {
    const { config, problems } = readConfig({ regime: 'optout' })
    expect(config.regime).toBe('opt-in')
    expect(problems).toEqual(['regime: "optout" is not right. Write "regime": "opt-in", "opt-out", "notice" or "none"'])
  })

  it('wants a signal of the browser to be read under opt-out (REG 24)', () => {
    expect(readConfig({ regime: 'opt-out' }).problems).toEqual([expect.stringContaining('"signals": connect(gpc())')])
    expect(readConfig({ regime: 'opt-out', signals: connect(gpc()) }).problems).toEqual([])
  })

  it.each([[['google']], [[{ name: 'acme', apply() {} }]], [{ google: {} }], ['google'], [5]])(
    'refuses signals that are not connected: %j',
    (signals) => {
      const { config, problems } = readConfig({ signals })
      expect(config.signals).toBeUndefined()
      expect(problems).toEqual([expect.stringMatching(/^signals: .* is not right\. Write /)])
    },
  )

  it('refuses names that fit our cookie or what the site has declared necessary, and keeps the rest', () => {
    const { config, problems } = readConfig({
      services: {
        films: {
          category: 'marketing',
          cookies: ['cr*', 's*', '_film*', 'basket', 'sess_1'],
          localStorage: ['cart*', 'crumb*', 'crumbs'],
          indexedDB: ['s*'],
        },
        shop: { category: 'necessary', cookies: ['basket', 'sess_*'], localStorage: ['cart'] },
      },
    })
    expect(config.services[0]).toEqual({
      key: 'films',
      category: 'marketing',
      cookies: ['_film*'],
      localStorage: ['crumbs'],
      indexedDB: ['s*'],
    })
    expect(config.services[1]?.cookies).toEqual(['basket', 'sess_*'])
    const line = (trace: string, name: string, hit: string) =>
      `services.films.${trace}: "${name}" is not right. Write a name that does not fit "${hit}", which the site needs`
    expect(problems).toEqual([
      line('cookies', 'cr*', 'crumbgate'),
      line('cookies', 's*', 'sess_*'),
      line('cookies', 'basket', 'basket'),
      line('cookies', 'sess_1', 'sess_*'),
      line('localStorage', 'cart*', 'cart'),
      line('localStorage', 'crumb*', 'crumbgate.receipt.*'),
    ])
  })

  it('takes every option', () => {
    const options = {
      policy: 'https://shop.example/privacy?a=b:c',
      revision: 3,
      reask: 'everyone',
      cookieName: 'shop-choice',
      domain: 'shop.example',
      regime: 'notice',
      acceptDays: 180,
      refuseDays: 200,
      auto: false,
      close: 'reject',
      reload: false,
      receipts: '/consent',
      button: 'end',
      theme: 'dark',
      layout: 'bar',
      position: 'top-end',
      lang: 'de-CH',
      texts: { title: 'Kekse?' },
      categories: {
        necessary: { title: 'Needed' },
        maps: { title: 'Maps', description: 'Where we are.', basis: 'objection' },
        marketing: {},
      },
      services: {
        films: {
          category: 'maps',
          title: 'Films',
          purpose: 'Shows films.',
          provider: 'Films Ltd',
          cookies: ['_f*', 'f'],
          localStorage: ['f'],
          sessionStorage: ['f'],
          indexedDB: ['f'],
          caches: ['f'],
          signal: 'google',
          lifetimes: { '_f*': 30, f: 0 },
        },
      },
    }
    const signals = connect({ name: 'acme', queue: 'acme', apply() {} })
    const { config, problems } = readConfig({ ...options, signals })
    expect(problems).toEqual([])
    expect(config).toEqual({
      ...options,
      signals,
      categories: [
        { key: 'necessary', title: 'Needed', basis: 'necessary' },
        { key: 'maps', title: 'Maps', description: 'Where we are.', basis: 'objection' },
        { key: 'marketing', basis: 'objection' },
      ],
      services: [{ key: 'films', ...options.services.films }],
    })
  })

  it.each([
    ['an unknown option', { colour: 'red' }, 'colour: "red"'],
    ['a wrong type', { revision: '2' }, 'revision: "2" is not right. Write "revision": 1'],
    ['a fraction', { revision: 1.5 }, 'revision: 1.5'],
    ['NaN', { revision: Number.NaN }, 'revision: null'],
    ['too long a grant', { acceptDays: 366 }, 'acceptDays: 366'],
    ['no days', { acceptDays: 0 }, 'acceptDays: 0'],
    ['too short a refusal (REG 34)', { refuseDays: 30 }, 'refuseDays: 30 is not right. Write "refuseDays": 183'],
    ['an address that is none', { receipts: 'javascript:alert(1)' }, 'receipts: "javascript:alert(1)" is not right'],
    ['receipts by mail', { receipts: 'mailto:a@b.example' }, 'Write "receipts": "/consent", true or false'],
    ['an unknown word', { reask: 'all' }, 'reask: "all" is not right. Write "reask": "everyone"'],
    ['a bad name for the cookie', { cookieName: 'a b' }, 'cookieName: "a b"'],
    ['a script as an address (SEC 2)', { policy: 'javascript:alert(1)' }, 'policy: "javascript:alert(1)"'],
    ['a disguised script', { policy: ' java\nscript:alert(1)//' }, 'policy: " java\\nscript:alert(1)//"'],
    ['a data address', { policy: 'data:text/html,x' }, 'policy: "data:text/html,x"'],
    ['an empty address', { policy: '' }, 'policy: ""'],
    ['a domain with a dot in front', { domain: '.example.com' }, 'domain: ".example.com"'],
    ['a domain that smuggles attributes', { domain: 'a.example; Secure' }, 'domain: "a.example; Secure"'],
    ['text for a boolean', { auto: 'off' }, 'auto: "off" is not right. Write "auto": false'],
    ['null', { policy: null }, 'policy: null'],
    ['a function', { policy: () => '/' }, 'policy: function'],
    ['a list of categories', { categories: ['marketing'] }, 'categories: ["marketing"]'],
    [
      'a category without texts',
      { categories: { maps: {} } },
      'categories.maps: {} is not right. Write "maps": { "title"',
    ],
    ['an empty title', { categories: { marketing: { title: ' ' } } }, 'categories.marketing.title: " "'],
    ['an unknown detail', { categories: { marketing: { default: true } } }, 'categories.marketing.default: true'],
    ['a category that is a flag', { categories: { marketing: true } }, 'categories.marketing: true'],
    [
      'marketing without consent (REG 15)',
      { categories: { marketing: { basis: 'objection' } } },
      'categories.marketing.basis: "objection" is not right. Write "consent", or leave it out',
    ],
    ['a choice of the necessary', { categories: { necessary: { basis: 'consent' } } }, 'categories.necessary.basis'],
    ['an unknown layout', { layout: 'wall' }, 'layout: "wall" is not right. Write "layout": "card", "bar" or "center"'],
    ['an unknown position', { position: 'left' }, 'position: "left"'],
    [
      'a lifetime in words',
      { services: { films: { category: 'marketing', lifetimes: { _f: '2 years' } } } },
      'services.films.lifetimes: {"_f":"2 years"}',
    ],
    ['a bad key', { categories: { 'My maps': { title: 'a', description: 'b' } } }, 'categories.My maps'],
    [
      'an unknown category',
      { services: { films: { category: 'films' } } },
      'services.films.category: "films" is not right. Write one of "necessary", "functional"',
    ],
    ['no category', { services: { films: {} } }, 'services.films.category: undefined'],
    ['a service that is a text', { services: { films: 'marketing' } }, 'services.films: "marketing"'],
    [
      'one name instead of a list',
      { services: { films: { category: 'marketing', cookies: '_f' } } },
      'services.films.cookies: "_f" is not right. Write "cookies": ["_name*"]',
    ],
    [
      'a name that fits everything',
      { services: { films: { category: 'marketing', cookies: ['_f', '*'] } } },
      'services.films.cookies: ["_f","*"]',
    ],
    [
      'all names, written twice',
      { services: { films: { category: 'marketing', cookies: ['**'] } } },
      'services.films.cookies: ["**"]',
    ],
    [
      'a name that is no text',
      { services: { films: { category: 'marketing', cookies: ['_f', 1] } } },
      'services.films.cookies: ["_f",1]',
    ],
    ['a text that is none', { texts: { title: 5 } }, 'texts.title: 5'],
    ['prototype keys (SEC 3)', JSON.parse('{"__proto__":{"policy":"/evil"}}'), '__proto__: {"policy":"/evil"}'],
    [
      'prototype keys of categories (SEC 3)',
      JSON.parse('{"categories":{"__proto__":{"title":"a","description":"b"}}}'),
      'categories.__proto__',
    ],
    [
      'prototype keys of services (SEC 3)',
      JSON.parse('{"services":{"constructor":{"category":"marketing"}}}'),
      'services.constructor',
    ],
    ['prototype keys of texts (SEC 3)', JSON.parse('{"texts":{"__proto__":"x"}}'), 'texts.__proto__'],
    ['options that are none', 'policy', 'options: "policy"'],
    ['a list of options', [], 'options: []'],
    ['null for options', null, 'options: null'],
  ])('names %s', (_, options, line) => {
    const { config, problems } = readConfig(options)
    expect(problems[0]).toContain(line)
    // Default or nothing stands in its place, and nothing reached the prototypes.
    expect(config.revision).toBe(0)
    expect(config.categories[0]?.key).toBe('necessary')
    expect(Object.hasOwn(Object.prototype, 'policy')).toBe(false)
  })

  it.each([
    ['revision', [0, 1, 10, 999_999_999], [-1, 1.5, 1_000_000_000]],
    ['acceptDays', [1, 9, 10, 99, 100, 200, 299, 300, 359, 360, 365], [0, 366, 370, 400, 1000]],
    ['refuseDays', [183, 189, 190, 199, 200, 399, 400], [180, 182, 401, 500, 1183, 1830]],
    ['domain', ['localhost', 'shop.example.co.uk'], ['a..b', 'a.', 'x"example.com']],
    ['lang', ['en', 'de-1996', 'zh-Hant-TW'], ['e', 'en_GB', 'x"en', 'en-']],
    ['position', ['top', 'bottom-end'], ['top-', 'x"top']],
    ['receipts', ['https://consent.example/x', 'http://a.example/', 'consent', true], ['https://', 'x"/consent']],
    ['reask', ['granted'], ['x"granted']],
    ['cookieName', ['a.b-c_1'], ['x"crumbgate', 'a'.repeat(65)]],
    ['regime', ['notice', 'none'], ['x"none']],
    ['close', ['reject'], ['x"reject', true]],
    ['button', ['start', true], ['x"start', 'middle']],
    ['theme', ['light'], ['x"dark']],
    ['layout', ['center'], ['x"card']],
    // Not an address, but it holds what looks like the start of one.
    ['policy', ['?a="b'], ['javascript:alert("/x")']],
  ] as const)('of %s takes %j and refuses %j', (option, right, wrong) => {
    for (const value of right) {
      const { config, problems } = readConfig({ [option]: value })
      expect([problems, Reflect.get(config, option)]).toEqual([[], value])
    }
    for (const value of wrong) {
      const { config, problems } = readConfig({ [option]: value })
      expect(problems).toEqual([expect.stringContaining(`${option}: ${JSON.stringify(value)} is not right. Write `)])
      expect(Reflect.get(config, option)).not.toBe(value)
    }
  })

  it('names no attribute for what has none', () => {
    const { problems } = readConfig({ services: { f: { category: 'marketing', localstorage: ['a'] } } })
    expect(problems).toEqual(['services.f.localstorage: ["a"] is not known. Write "localStorage"'])
  })

  it('takes what is undefined for what is left out', () => {
    const options: Options = {
      policy: undefined,
      revision: undefined,
      services: { maps: { category: 'functional', title: undefined } },
    }
    const { config, problems } = readConfig(options)
    expect(problems).toEqual([])
    expect(config.revision).toBe(0)
    expect(config.services).toEqual([{ key: 'maps', category: 'functional' }])
  })

  it.each([
    [{ acceptdays: 90 }, 'acceptdays: 90 is not known. Write "acceptDays", as an attribute data-accept-days'],
    [{ cookie_name: 'x' }, '"cookieName", as an attribute data-cookie-name'],
    [{ colour: 'red' }, 'one of the names policy, revision, reask, '],
    [{ policy: 5 }, '"policy": "/privacy"'],
    [{ cookieName: '' }, '"cookieName": "crumbgate"'],
    [{ domain: '' }, '"domain": "example.com"'],
    [{ acceptDays: 0 }, '"acceptDays": 365 (or less)'],
    [{ close: 'accept' }, '"close": "reject"'],
    [{ button: 'x' }, '"button": true, "start" or "end"'],
    [{ theme: 'x' }, '"theme": "light", "dark" or "auto"'],
    [{ position: 'x' }, '"position": "bottom-start", "bottom", "bottom-end", "top-start", "top" or "top-end"'],
    [{ lang: 'x' }, '"lang": "en"'],
    [{ texts: 'x' }, '"texts": {}'],
    [{ texts: [] }, 'Write {}'],
    [{ categories: ['marketing'] }, 'Write { "functional": {} }'],
    [{ services: ['youtube'] }, 'Write { "maps": { "category": "functional" } }'],
    [{ signals: 'google' }, '"signals": connect() of crumbgate/signals'],
    [{ texts: { title: '' } }, 'texts.title: "" is not right. Write "a text"'],
    [{ signals: {} }, 'connect() of crumbgate/signals'],
    [{ import: 'klaro' }, '"import": importFrom() of crumbgate/import'],
    [{ compat: 'klaro' }, '"compat": compatWith() of crumbgate/compat'],
    [{ services: { 'My maps': {} } }, 'a name of a-z, 0-9 and -, such as "maps"'],
    [{ categories: { marketing: { title: '' } } }, '"title": "a text"'],
    [{ categories: { functional: { basis: 'x' } } }, '"basis": "consent", "objection" or "necessary"'],
    [{ categories: { functional: { basis: 'no "consent' } } }, '"basis": "consent", "objection" or "necessary"'],
    [{ services: { f: { category: 'marketing', lifetimes: 1 } } }, '(days; 0: until the browser is closed)'],
    [{ policy: 5, regime: 'x' }, 'policy: 5'],
  ])('says once, in one line each, what to write instead of %j', (options, line) => {
    const { problems } = readConfig(options)
    expect(problems).toHaveLength(Object.keys(options).length)
    expect(problems[0]).toContain(line)
  })

  it('says what to write instead of a service that is no object', () => {
    expect(readConfig({ services: { maps: 5 } }).problems[0]).toBe('services.maps: 5 is not right. Write { }')
  })

  it('keeps a function for import and for compat', () => {
    const given = { import: () => null, compat: () => undefined }
    const { config, problems } = readConfig(given)
    expect([problems, config.import, config.compat]).toEqual([[], given.import, given.compat])
  })

  it('shows no more than the start of a long value', () => {
    expect(readConfig({ theme: 'x'.repeat(1000) }).problems[0]?.length).toBeLessThan(160)
    expect(readConfig({ teme: 'x'.repeat(1000) }).problems[0]?.length).toBeLessThan(1000)
  })

  it.each(['constructors', 'prototype-x', 'a'.repeat(32)])('takes %s for a name', (key) => {
    const { config, problems } = readConfig({ services: { [key]: { category: 'marketing' } } })
    expect([problems, config.services.map((service) => service.key)]).toEqual([[], [key]])
  })

  it.each(['a b', 'a!', '1a', 'a'.repeat(33), 'constructor', 'prototype'])('refuses %s for a name', (key) => {
    const { config, problems } = readConfig({ services: { [key]: { category: 'marketing' } } })
    expect([problems.length, config.services]).toEqual([1, []])
  })

  it('puts the necessary first, and wants both texts of a category of your own', () => {
    const texts = { title: 'Maps', description: 'Where we are.' }
    const { config, problems } = readConfig({
      categories: { maps: texts, necessary: { basis: 'necessary' }, chat: { title: 'Chat' } },
    })
    expect(config.categories.map(({ key }) => key)).toEqual(['necessary', 'maps'])
    expect(problems).toEqual([expect.stringContaining('categories.chat')])
  })

  it('keeps what is right beside what is wrong', () => {
    const { config, problems } = readConfig({
      policy: '/privacy',
      services: { a: { category: 'x' }, b: { category: 'marketing' } },
    })
    expect(problems).toHaveLength(1)
    expect(config.policy).toBe('/privacy')
    expect(config.services.map(({ key }) => key)).toEqual(['b'])
  })

  it('survives a value that cannot be shown', () => {
    const circular: Record<string, unknown> = {}
    circular.policy = circular
    expect(readConfig(circular).problems[0]).toContain('policy: object')
    expect(readConfig({ revision: 1n }).problems[0]).toContain('revision: bigint')
  })

  it.each([
    '/privacy',
    'privacy.html',
    '#privacy',
    '?page=privacy',
    'https://a.example/',
    'HTTP://a.example',
    'mailto:a@b.example',
    '//a.example/x:y',
    'a/b:c',
  ])('takes %s for an address', (policy) => expect(readConfig({ policy }).problems).toEqual([]))

  it('makes plain what only writes like what it wants, which whoever compares would take for something else', () => {
    const services = { maps: { category: 'marketing', cookies: { toJSON: () => ['_a'] } } }
    const { config, problems } = readConfig({
      regime: new String('opt-in'),
      acceptDays: { toJSON: () => 90 },
      auto: new Boolean(false),
      texts: { title: { toJSON: () => 'Cookies' } },
      services,
    })
    expect(problems).toEqual([])
    expect(config).toMatchObject({ regime: 'opt-in', acceptDays: 90, auto: false, texts: { title: 'Cookies' } })
    expect(config.categories.map(({ basis }) => basis)).not.toContain('objection')
    expect(config.services).toMatchObject([{ cookies: ['_a'] }])
  })
})
