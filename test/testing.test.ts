import { expect, it } from 'vitest'
import { parseRecord } from '../src/core/record'
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
