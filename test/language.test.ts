// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readConfig } from '../src/core/config'
import { chooseLocale } from '../src/language'
import { locale as english } from '../src/locales/en'
import type { Language } from '../src/locales/index'
import type { Locale, Options } from '../src/types'

const configOf = (options: Options) => readConfig(options).config
const load = (lang: Language): Promise<Locale> => Promise.resolve({ lang, texts: english.texts })
const errors = vi.spyOn(console, 'error').mockImplementation(() => {})

function visitor(page: string, ...browser: string[]): void {
  document.documentElement.lang = page
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(browser)
}

beforeEach(() => errors.mockClear())
afterEach(() => vi.useRealTimers())

it.each<[Options, string, string[], string]>([
  [{}, 'de', ['fr'], 'de'],
  [{}, 'de-AT', [], 'de'],
  [{}, 'DE', [], 'de'],
  [{ lang: 'pl' }, 'de', ['fr'], 'pl'],
  [{}, '', ['fr-CA', 'de'], 'fr'],
  [{}, 'th', ['tlh', 'it'], 'it'],
  [{}, 'th', ['tlh'], 'en'],
  [{}, '', [], 'en'],
  [{}, 'en-GB', ['de'], 'en'],
  [{}, 'pt', [], 'pt'],
  [{}, 'pt-br', [], 'pt-BR'],
  [{}, 'pt-AO', [], 'pt'],
  [{}, 'zh', [], 'zh-Hans'],
  [{}, 'zh-TW', [], 'zh-Hant'],
  [{}, 'zh-Hant-HK', [], 'zh-Hant'],
  [{}, 'zh-Hans-HK', [], 'zh-Hans'],
  [{}, 'zh-SG', [], 'zh-Hans'],
  [{}, 'no', [], 'nb'],
  [{}, 'nn-NO', [], 'nb'],
  [{}, 'iw', [], 'he'],
])('%o on a page in "%s", browser in %o: %s', async (options, page, browser, expected) => {
  visitor(page, ...browser)
  expect((await chooseLocale(configOf(options), load)).lang).toBe(expected)
  expect(errors).not.toHaveBeenCalled()
})

it('English is there at once, without loading anything', () => {
  visitor('en')
  expect(chooseLocale(configOf({}), () => Promise.reject())).toBe(english)
})

it('texts of one’s own can be in any language', async () => {
  visitor('de')
  const locale = await chooseLocale(configOf({ lang: 'th', texts: { title: 'คุกกี้' } }), load)
  expect(locale.lang).toBe('th')
  expect(errors).not.toHaveBeenCalled()
})

it('a language that is neither ours nor the owner’s is told', async () => {
  visitor('de')
  expect((await chooseLocale(configOf({ lang: 'th' }), load)).lang).toBe('de')
  expect(errors.mock.calls.flat()).toEqual([expect.stringMatching(/lang: there are no texts in "th"\. Write your own/)])
})

it('what cannot be loaded is English, and told once', async () => {
  visitor('de')
  const locale = await chooseLocale(configOf({}), () => Promise.reject(new TypeError('refused')))
  expect(locale).toBe(english)
  expect(errors.mock.calls.flat()).toEqual([expect.stringMatching(/texts in "de" cannot be loaded.*refused/)])
})

it('what does not come within a second is English', async () => {
  vi.useFakeTimers()
  visitor('de')
  const chosen = Promise.resolve(chooseLocale(configOf({}), () => new Promise(() => {})))
  await vi.advanceTimersByTimeAsync(999)
  const soon = await Promise.race([chosen, Promise.resolve('nothing yet')])
  await vi.advanceTimersByTimeAsync(1)
  expect([soon, await chosen]).toEqual(['nothing yet', english])
})
