import { describe, expect, it } from 'vitest'
import { collectOptions } from '../src/options'

const collect = (sources: Partial<Parameters<typeof collectOptions>[0]>) =>
  collectOptions({ global: undefined, json: undefined, attributes: {}, ...sources })

describe('collectOptions', () => {
  it('is empty without any', () => {
    expect(collect({})).toEqual({ options: {}, problems: [] })
  })

  it('reads the same options from attributes, JSON and the global', () => {
    const options = { policy: '/privacy', revision: 2, auto: false }
    expect(collect({ attributes: { policy: '/privacy', revision: '2', auto: 'off' } }).options).toEqual(options)
    expect(collect({ json: JSON.stringify(options) }).options).toEqual(options)
    expect(collect({ global: options }).options).toEqual(options)
  })

  it('prefers attributes to JSON, and JSON to the global', () => {
    const { options } = collect({
      global: { policy: '/1', revision: 1, lang: 'de' },
      json: '{"policy":"/2","revision":2}',
      attributes: { policy: '/3' },
    })
    expect(options).toEqual({ policy: '/3', revision: 2, lang: 'de' })
  })

  it.each([
    ['on', true],
    ['true', true],
    ['', true],
    ['off', false],
    ['false', false],
    ['183', 183],
    ['1e3', '1e3'],
    ['/privacy', '/privacy'],
  ])('takes an attribute "%s" as %o', (text, meaning) => {
    expect(collect({ attributes: { x: text } }).options).toEqual({ x: meaning })
  })

  it('names an attribute that would replace an object, and leaves that as it is', () => {
    const services = { counter: { category: 'performance' } }
    for (const source of [{ json: JSON.stringify({ services }) }, { global: { services } }]) {
      const { options, problems } = collect({ ...source, attributes: { services: 'youtube' } })
      expect(options).toEqual({ services })
      expect(problems).toEqual([expect.stringContaining('services: data-services on the tag would replace')])
    }
  })

  it('leaves alone what others put on script tags', () => {
    const attributes = {
      cfasync: 'false',
      turboTrack: 'reload',
      noOptimize: '1',
      nscript: 'beforeInteractive',
      astroRerun: '',
      nosnippet: '',
      noptimize: '1',
      rh: 'true',
      cookieconsent: 'ignore',
      jetpackBoost: 'ignore',
      swupIgnoreScript: '',
    }
    expect(collect({ attributes }).options).toEqual({})
  })

  it.each(['{policy: "/"}', '', '{"policy":', 'undefined'])('names JSON that is broken: %s', (json) => {
    const { options, problems } = collect({ json, attributes: { policy: '/privacy' } })
    expect(options).toEqual({ policy: '/privacy' })
    expect(problems[0]).toMatch(/the JSON block cannot be read .*<script type="application\/json" data-crumbgate>/)
  })

  it.each(['[]', '5', '"x"', 'null'])('names JSON that is no object: %s', (json) => {
    expect(collect({ json }).problems).toEqual(['the JSON block is not an object. Write: { "policy": "/privacy" }'])
  })

  it('names a global that is no object', () => {
    expect(collect({ global: 'policy' }).problems[0]).toContain('window.crumbgateConfig is not an object')
  })

  it('hands prototype keys on as keys (SEC 3)', () => {
    const { options } = collect({ json: '{"__proto__":{"policy":"/evil"}}' })
    expect(Object.keys(options)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(options)).toBe(Object.prototype)
  })
})
