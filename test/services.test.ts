import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/core/config'
import { matches } from '../src/core/glob'
import * as services from '../src/services/index'
import type { ServiceOptions } from '../src/types'

const FOLDER = join(import.meta.dirname, '../src/services')
const files = readdirSync(FOLDER).filter((file) => file !== 'index.ts')
const all: [string, ServiceOptions][] = Object.entries(services)
const patterns = ({
  cookies = [],
  localStorage = [],
  sessionStorage = [],
  indexedDB = [],
  caches = [],
}: ServiceOptions) => [...new Set([...cookies, ...localStorage, ...sessionStorage, ...indexedDB, ...caches])]

it('there are thirty, one a file, and every one is exported', () => {
  expect(files).toHaveLength(30)
  expect(all).toHaveLength(30)
})

it.each(files)('%s names the page that it was taken from, and the day', (file) => {
  expect(readFileSync(join(FOLDER, file), 'utf8')).toMatch(/\/\*\*\s[\s*]*https:\/\/\S+,[\s*]+20\d\d-\d\d-\d\d\./)
})

describe.each(all)('%s', (name, service) => {
  it('is a service that the configuration takes', () => {
    const { config, problems } = readConfig({ services: { it: service } })
    expect(problems).toEqual([])
    expect(config.services[0]).toEqual({ key: 'it', ...service })
  })

  it('has a title, a provider and a purpose of one sentence', () => {
    expect(service.title).toBeTruthy()
    expect(service.provider).toBeTruthy()
    expect(service.purpose).toMatch(/^[A-Z][ -~]{10,95}\.$/)
  })

  it('gives lifetimes to cookies that it lists', () => {
    expect(Object.keys(service.lifetimes ?? {}).filter((cookie) => !service.cookies?.includes(cookie))).toEqual([])
  })

  it("deletes nothing of Crumbgate's, of the site's or of another company's", () => {
    const others = all.filter(([, other]) => other.provider !== service.provider)
    const foreign = others.flatMap(([, other]) => patterns(other).map((pattern) => pattern.replaceAll('*', 'x')))
    const own = [
      'crumbgate',
      'session',
      'sessionid',
      'PHPSESSID',
      'csrftoken',
      'cart',
      'basket',
      'user',
      'token',
      'lang',
      'theme',
    ]
    const hits = patterns(service).flatMap((pattern) =>
      [...foreign, ...own].filter((found) => matches(pattern, found)).map((found) => `${pattern} fits ${found}`),
    )
    expect(hits, name).toEqual([])
  })
})
