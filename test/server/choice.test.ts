import { afterEach, describe, expect, it, vi } from 'vitest'
import { readChoice, renewCookie } from '../../src/server/index'
import { cookieFor, type TestChoice } from '../../src/testing'

const NOW = 1_764_000_000_000
const DAY = 86_400_000

afterEach(() => vi.restoreAllMocks())

const header = (choice: TestChoice = {}) => {
  const { name, value } = cookieFor({ at: NOW, ...choice })
  return `${name}=${value}`
}
const request = (cookie: string, headers: Record<string, string> = {}, url = 'https://shop.example/') =>
  new Request(url, { headers: { cookie, ...headers } })

describe('readChoice', () => {
  it('reads the record that the page has', () => {
    const choice = readChoice(`a=1; ${header({ granted: ['marketing'], locale: 'de' })}; b=2`, {}, NOW)
    expect(choice).toMatchObject({ granted: ['marketing'], denied: ['functional', 'performance'], locale: 'de' })
    expect(Object.isFrozen(choice)).toBe(true)
  })

  it.each([
    ['no header', null],
    ['an empty one', ''],
    ['none of ours', 'a=1; xcrumbgate=1'],
    ['a longer name', header().replace('crumbgate', 'crumbgate2')],
    ['something else under our name', 'crumbgate=1.2.3'],
    ['percent signs', header({ granted: ['marketing'] }).replace('marketing', 'm%61rketing')],
    ['a value in quotes', header({ granted: ['marketing'] }).replace(/=(.*)/, '="$1"')],
    ['broken UTF-8', 'crumbgate=\u00e0\u00a4'],
    ['a megabyte', `crumbgate=${'1.'.repeat(500_000)}`],
  ])('is null for %s (SEC 4)', (_, cookie) => {
    expect(readChoice(cookie, {}, NOW)).toBe(null)
  })

  it('is null once the choice has run out, and for another revision, as in the page', () => {
    const accepted = header({ granted: ['marketing'] })
    expect(readChoice(accepted, {}, NOW + 364 * DAY)).not.toBe(null)
    expect(readChoice(accepted, {}, NOW + 365 * DAY)).toBe(null)
    expect(readChoice(accepted, { acceptDays: 30 }, NOW + 31 * DAY)).toBe(null)
    expect(readChoice(accepted, { revision: 1 }, NOW)).toBe(null)
    expect(readChoice(header(), { revision: 1 }, NOW)?.method).toBe('reject')
    expect(readChoice(header({ at: NOW + 2 * DAY }), {}, NOW)).toBe(null)
  })

  it('does not take what was on already for consent, and needs no signal under opt-out (REG 23)', () => {
    const given = header({ granted: ['marketing'], regime: 'opt-out' })
    expect(readChoice(given, {}, NOW)).toBe(null)
    expect(readChoice(given, { regime: 'opt-out' }, NOW)?.granted).toEqual(['marketing'])
  })

  it('takes the newest of several, by the name that is configured', () => {
    const both = `${header({ granted: ['marketing'] })}; ${header({ at: NOW + 1000 })}`
    expect(readChoice(both, {}, NOW)?.method).toBe('reject')
    const other = header({ granted: ['marketing'] }).replace('crumbgate', 'consent')
    expect(readChoice(other, { cookieName: 'consent' }, NOW)?.granted).toEqual(['marketing'])
  })

  it('takes the configuration of the script build as it is', () => {
    const told = vi.spyOn(console, 'error').mockReturnValue()
    for (const json of [
      '{"services":["youtube"],"signals":{"google":{}},"region":"cookie:region","regions":{"*":"opt-in"}}',
      '{"services":{"youtube":{},"films":{"category":"marketing"}},"receipts":"/consent"}',
      '{"services":"youtube vimeo","signals":"gpc"}',
    ]) {
      expect(readChoice(header({ granted: ['marketing'] }), JSON.parse(json), NOW)?.granted).toEqual(['marketing'])
    }
    expect(readChoice(header({ granted: [], regime: 'opt-out' }), { regime: 'opt-out' }, NOW)).not.toBe(null)
    expect(told).not.toHaveBeenCalled()
  })

  it('grants nothing while the configuration has a mistake, and says so once', () => {
    const told = vi.spyOn(console, 'error').mockReturnValue()
    const options = JSON.parse('{"revision":"0"}')
    expect(readChoice(header({ granted: ['marketing'] }), options, NOW)).toBe(null)
    expect(readChoice(header(), options, NOW)?.method).toBe('reject')
    expect(told.mock.calls).toEqual([[expect.stringContaining('revision: "0" is not right')]])
  })
})

describe('renewCookie', () => {
  it('writes the same choice for the rest of its time (PLT 3)', () => {
    const cookie = header({ granted: ['marketing'] })
    expect(renewCookie(request(`a=1; ${cookie}`), {}, NOW + 10 * DAY)).toBe(
      `${cookie}; Path=/; Max-Age=${355 * 86_400}; SameSite=Lax; Secure`,
    )
  })

  it('keeps what counts no more as long as the page does', () => {
    const refused = header({ regime: 'opt-out' })
    expect(renewCookie(request(refused), {}, NOW + 399 * DAY)).toContain(`Max-Age=86400;`)
    expect(renewCookie(request(refused), {}, NOW + 400 * DAY)).toBe(null)
    expect(renewCookie(request(header({ granted: ['marketing'] })), { revision: 5 }, NOW)).toContain('Max-Age=31536000')
  })

  it('writes nothing for what a page asks for, where it could undo a decision made meanwhile', () => {
    for (const [dest, isWritten] of [
      ['document', true],
      ['image', false],
      ['empty', false],
      ['iframe', false],
    ] as const) {
      expect(renewCookie(request(header(), { 'sec-fetch-dest': dest }), {}, NOW) !== null).toBe(isWritten)
    }
  })

  it('writes nothing where there is nothing', () => {
    for (const cookie of ['', 'a=1', 'crumbgate=x', 'crumbgate=1; crumbgate=2']) {
      expect(renewCookie(request(cookie), {}, NOW)).toBe(null)
    }
    expect(renewCookie(new Request('https://shop.example/'), {}, NOW)).toBe(null)
  })

  it.each<[string, string, Record<string, string>, boolean]>([
    ['https', 'https://shop.example/', {}, true],
    ['https before this server', 'http://10.0.0.7:3000/', { 'x-forwarded-proto': 'https' }, true],
    ['a browser that says it is on https', 'http://shop.example/', { 'sec-fetch-site': 'none' }, true],
    ['http', 'http://shop.example/', {}, false],
    ['a developer’s own machine', 'http://localhost:3000/', { 'sec-fetch-site': 'none' }, false],
  ])('is Secure over %s: the browser would refuse or weaken it otherwise', (_, url, headers, isSecure) => {
    expect(renewCookie(request(header(), headers, url), {}, NOW)?.includes('; Secure')).toBe(isSecure)
  })

  it('is for the domain that is configured', () => {
    expect(renewCookie(request(header()), { domain: 'shop.example' }, NOW)).toContain('; Domain=shop.example;')
  })
})
