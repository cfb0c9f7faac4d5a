import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { locale as english } from '../../src/locales/en'
import { LANGUAGES } from '../../src/locales/index'
import { importLocale } from '../../src/locales/load'
import type { Locale } from '../../src/types'

const ALL: Locale[] = await Promise.all(LANGUAGES.map(importLocale))
const placeholders = (text: string) => text.match(/\{\w+\}/g) ?? []
const files = readdirSync(join(import.meta.dirname, '../../src/locales'))

it('there are the 24 official languages of the EU, and twelve more', () => {
  const eu = 'bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv'
  const more = 'nb is uk tr ar he zh-Hans zh-Hant ja ko pt-BR hi'
  expect([...LANGUAGES].sort()).toEqual(`${eu} ${more}`.split(' ').sort())
  expect(files.filter((file) => !/^(index|load|fetch)\.ts$/.test(file)).sort()).toEqual(
    LANGUAGES.map((language) => `${language}.ts`).sort(),
  )
})

describe.each(ALL.map((locale) => [locale.lang, locale] as const))('%s', (lang, { texts }) => {
  const entries = Object.entries(texts)

  it('is the language of its file', () => {
    expect(LANGUAGES).toContain(lang)
  })

  it('fills in what the English texts fill in, and holds no markup', () => {
    const expected = Object.entries(english.texts).map(([name, text]) => [name, placeholders(text)])
    expect(entries.map(([name, text]) => [name, placeholders(text)])).toEqual(expected)
    expect(entries.filter(([, text]) => /[*[\]<>]|\s\s|^\s|\s$|^$/.test(text))).toEqual([])
  })

  it('has buttons that fit, and no two that read the same (REG 13)', () => {
    const { accept, reject, settings, save, once, always, change, withdraw } = texts
    for (const label of [accept, reject, settings, save, once, always, change, withdraw]) {
      expect(label.length).toBeLessThanOrEqual(28)
    }
    for (const group of [
      [accept, reject, settings, save],
      [once, always],
      [change, withdraw],
    ]) {
      expect(new Set(group).size).toBe(group.length)
    }
    expect(texts.ok.length).toBeLessThanOrEqual(12)
    expect(texts.honoured.length).toBeLessThanOrEqual(40)
    expect(texts.optOut.length).toBeLessThanOrEqual(62)
    // Neither is dressed up beside the other.
    expect(Math.abs(accept.length - reject.length)).toBeLessThanOrEqual(8)
  })

  it.runIf(lang !== 'en')('is translated', () => {
    const same = entries.filter(([name, text]) => text === Reflect.get(english.texts, name))
    // "Services" in French, "Marketing" in German and the like.
    expect(
      same.map(([name]) => name).filter((name) => name.length > 0 && /Text$|title|intro|save|reject/i.test(name)),
    ).toEqual([])
    expect(same.length).toBeLessThanOrEqual(6)
  })
})
