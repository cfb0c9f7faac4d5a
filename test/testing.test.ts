import { expect, it } from 'vitest'
import { readConfig } from '../src/core/config'
import { isComplete, isCurrent, parseRecord } from '../src/core/record'
import { cookieFor } from '../src/testing'

const read = (choice?: Parameters<typeof cookieFor>[0]) => parseRecord(cookieFor(choice).value, Date.now())

it('is a refusal by default', () => {
  expect(cookieFor().name).toBe('crumbgate')
  expect(read()).toMatchObject({ method: 'reject', granted: [], denied: ['functional', 'performance', 'marketing'] })
})

it('is any choice', () => {
  expect(read({ granted: ['marketing'] })).toMatchObject({ method: 'custom', denied: ['functional', 'performance'] })
  expect(read({ granted: ['functional', 'performance', 'marketing'] })).toMatchObject({ method: 'accept' })
  const choice = {
    granted: ['ads'],
    denied: ['maps'],
    services: { films: true, pixel: false },
    revision: 4,
    at: 1_700_000_000_000,
    locale: 'de',
  }
  expect(read(choice)).toMatchObject({ ...choice, updatedAt: choice.at, method: 'custom' })
})

it('takes no name that the site does not have', () => {
  const options = { categories: { marketing: {} }, services: { films: { category: 'marketing' } } }
  expect(() => cookieFor({ granted: ['marketting'] }, options)).toThrow(
    'cookieFor() knows no category "marketting". Write marketing, necessary.',
  )
  expect(() => cookieFor({ services: { film: true } }, options)).toThrow('no service "film". Write films.')
  expect(cookieFor({ granted: ['necessary', 'maps'], services: { map: true } }).value).toContain('maps')
})

it('follows the options of the site, so that nothing is left to ask about', () => {
  const options = {
    cookieName: 'ours',
    revision: 3,
    categories: { marketing: {}, maps: { title: 'Maps', description: 'Maps.' } },
    services: { films: { category: 'marketing' }, map: { category: 'maps' }, login: { category: 'necessary' } },
  }
  const { name, value } = cookieFor({ granted: ['marketing'], services: { films: true } }, options)
  const record = parseRecord(value, Date.now())
  expect(name).toBe('ours')
  expect(record).toMatchObject({ revision: 3, granted: ['marketing'], denied: ['maps'] })
  expect(record?.services).toEqual({ films: true, map: false })
  const { config } = readConfig(options)
  expect(record && [isComplete(record, config), isCurrent(record, config, Date.now())]).toEqual([true, true])
})
