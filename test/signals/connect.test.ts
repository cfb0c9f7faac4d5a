import { describe, expect, it, vi } from 'vitest'
import { readConfig } from '../../src/core/config'
import { connect } from '../../src/signals/index'
import type { ConsentRecord, Grants, Signal } from '../../src/types'

const { config } = readConfig({
  services: { films: { category: 'marketing' }, ads: { category: 'marketing' }, visits: { category: 'performance' } },
})
const ALL: Grants = {
  granted: ['functional', 'performance', 'marketing'],
  services: { films: true, ads: false, visits: true },
}
const asks = (name: string, categories?: string[]): Signal => ({
  name,
  ...(categories && { categories }),
  read: () => true,
})
const made = (signals: string[]): ConsentRecord => ({
  id: '0'.repeat(32),
  at: 0,
  updatedAt: 0,
  revision: 0,
  method: 'custom',
  regime: 'opt-in',
  signals,
  granted: [],
  denied: [],
  services: {},
  locale: 'en',
})

describe('connect', () => {
  it('takes everything optional where no categories are named', () => {
    const signals = connect(asks('gpc'))
    expect(signals.start(config)).toEqual([])
    expect(signals.asking()).toEqual(['gpc'])
    expect(signals.refuse(ALL, null, config)).toEqual({
      granted: [],
      services: { films: false, ads: false, visits: false },
    })
  })

  it('takes the categories that are named and their services, and the rest stays as it was', () => {
    const signals = connect(asks('gpc', ['performance']))
    signals.start(config)
    expect(signals.refuse(ALL, null, config)).toEqual({
      granted: ['functional', 'marketing'],
      services: { films: true, ads: false, visits: false },
    })
  })

  it('takes what any of several asks for, unless the visitor has decided over it (REG 26)', () => {
    const signals = connect(asks('one', ['performance']), asks('two', ['marketing']))
    signals.start(config)
    expect(signals.refuse(ALL, null, config).granted).toEqual(['functional'])
    expect(signals.refuse(ALL, made(['one']), config).granted).toEqual(['functional', 'performance'])
    expect([made([]), made(['one']), made(['one', 'two'])].map(signals.isRefusing)).toEqual([true, true, false])
  })

  it('is honoured as long as nothing of it is allowed, no service either (REG 25)', () => {
    const signals = connect(asks('gpc', ['marketing']))
    signals.start(config)
    const granted = ['performance']
    expect(signals.honoured({ granted, services: { visits: true } }, config)).toBe('gpc')
    expect(signals.honoured({ granted, services: { visits: true, films: true } }, config)).toBeNull()
    expect(signals.honoured(ALL, config)).toBeNull()
  })

  it.each([[['marketting']], [['marketing', 'ads']], [[]]])(
    'takes everything where its categories are wrong, and says so: %j',
    (categories) => {
      const signals = connect(asks('gpc', categories))
      expect(signals.start(config)).toEqual([
        `signals: the categories of "gpc" are ${JSON.stringify(categories)}. Write some of necessary, functional, performance, marketing`,
      ])
      expect(signals.refuse(ALL, null, config).granted).toEqual([])
    },
  )

  it('leaves out what is none, and the second of two for one queue or of one name', () => {
    const acme = { name: 'acme', queue: 'acmeQueue', apply: vi.fn() }
    const second = { ...acme, name: 'other', apply: vi.fn() }
    const third = { name: 'acme', apply: vi.fn() }
    const none: Signal[] = JSON.parse('[{ "name": "empty" }, { "name": "Bad Name", "apply": 1 }, null]')
    // Forgotten to call, and minified to a name that could be one.
    const maker = Object.defineProperty(() => acme, 'name', { value: 'e' })
    const signals = connect(acme, second, third, ...none, maker)
    expect(signals.start(config)).toEqual([
      'signals: write only one of "other" and "acme", which do the same',
      'signals: write only one of "acme" and "acme", which do the same',
      ...[3, 4, 5, 6].map(
        (index) => `signals[${index}] is none. Write googleConsentMode(), or { name: "a-name", apply(state) { } }`,
      ),
    ])
    const allows = () => true
    signals.tell({ config, choice: null, allows, allowsUndecided: allows, isNew: true })
    expect([acme, second, third].map(({ apply }) => apply.mock.calls.length)).toEqual([1, 0, 0])
  })

  it('tells the same at each start', () => {
    const signals = connect(asks('gpc', []))
    expect([signals.start(config).length, signals.start(config).length]).toEqual([1, 1])
  })

  it('wants the browser to be read where everything is on unless refused (REG 24)', () => {
    const { config: optOut } = readConfig({ regime: 'opt-out', signals: connect() })
    expect(connect({ name: 'acme', apply() {} }).start(optOut)).toEqual([expect.stringContaining('Write gpc()')])
    expect(connect({ name: 'gpc', read: () => false }).start(optOut)).toEqual([])
  })
})
