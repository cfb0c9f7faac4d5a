import { describe, expect, it } from 'vitest'
import { choiceOf } from '../../src/debug/choices'
import { contrast, neededContrast, over } from '../../src/debug/contrast'
import { callerIn, isForeign } from '../../src/debug/page'
import { daysOf } from '../../src/debug/writes'
import { c15t, cookiebot, cookieYes, klaro, oneTrust, vanillaCookieConsent } from '../../src/import/index'

it('an old choice is known by every name that it is imported from', () => {
  for (const { tool, keys } of [vanillaCookieConsent(), klaro(), c15t(), cookiebot(), oneTrust(), cookieYes()]) {
    for (const key of keys) expect(choiceOf('cookies', key), key).toBe(tool)
  }
})

describe('contrast', () => {
  it('is that of WCAG', () => {
    expect(contrast([0, 0, 0, 1], [255, 255, 255, 1])).toBe(21)
    expect(contrast([255, 255, 255, 1], [255, 255, 255, 1])).toBe(1)
    // Rounded down: it fails by a hair.
    expect(contrast([119, 119, 119, 1], [255, 255, 255, 1])).toBe(4.47)
    expect(contrast([255, 255, 255, 1], [118, 118, 118, 1])).toBe(4.54)
  })

  it('is of what is seen where a colour lets another through', () => {
    expect(over([0, 0, 0, 0.5], [255, 255, 255, 1])).toEqual([127.5, 127.5, 127.5, 1])
    expect(over([1, 2, 3, 1], [255, 255, 255, 1])).toEqual([1, 2, 3, 1])
  })

  it('needs less where the text is large', () => {
    expect([
      neededContrast(15, 600),
      neededContrast(24, 400),
      neededContrast(19, 700),
      neededContrast(18, 700),
    ]).toEqual([4.5, 3, 3, 4.5])
  })
})

describe('another site', () => {
  it.each([
    ['tracker.example', 'shop.example', true],
    ['shop.example', 'shop.example', false],
    ['cdn.shop.example', 'www.shop.example', false],
    ['shop.example', 'www.shop.example', false],
    ['example', 'shop.example', false],
    ['notshop.example', 'shop.example', true],
  ])('%s on %s: %s', (host, home, isOther) => expect(isForeign(host, home)).toBe(isOther))
})

describe('the script that stored something', () => {
  it('is the second in the stack, in the notation of each engine', () => {
    const chromium =
      'Error\n    at set cookie (https://a.example/d.js:1:20)\n    at put (https://b.example/x.js?v=1:3:4)\n    at https://c.example/:1:1'
    const firefox = 'set@https://a.example/d.js:1:20\nput@https://b.example/x.js?v=1:3:4\n'
    expect([callerIn(chromium), callerIn(firefox)]).toEqual([
      'https://b.example/x.js?v=1',
      'https://b.example/x.js?v=1',
    ])
    expect(callerIn('Error\n    at set (https://a.example/d.js:1:20)\n    at <anonymous>')).toBeNull()
  })
})

describe('days of a cookie', () => {
  const now = Date.UTC(2026, 0, 1)
  it.each([
    ['a=1', 0],
    ['a=1; Path=/; max-age=864000', 10],
    ['a=1; Expires=Sun, 11 Jan 2026 00:00:00 GMT', 10],
    ['a=1; Max-Age=86400; Expires=Sun, 11 Jan 2026 00:00:00 GMT', 1],
    ['a=; Max-Age=0', null],
    ['a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', null],
  ])('%s: %s', (cookie, days) => expect(daysOf(cookie, now)).toBe(days))
})
