import { afterEach, expect, it, vi } from 'vitest'
import { parseRecord } from '../../src/core/record'
import { createStore } from '../../src/core/store'
import { cookieFor } from '../../src/testing'

afterEach(() => vi.unstubAllGlobals())

it('tells every subscriber, whatever the others throw', () => {
  const reported = vi.fn()
  vi.stubGlobal('reportError', reported)
  const store = createStore()
  const heard: string[] = []
  store.subscribe(() => {
    throw new Error('bad')
  })
  store.subscribe(() => heard.push('second'))
  store.set(null)
  expect(heard).toEqual(['second'])
  expect(reported).toHaveBeenCalledWith(new Error('bad'))
})

it('lets a listener leave once, and subscribe twice', () => {
  const store = createStore()
  const listener = vi.fn()
  const leave = store.subscribe(listener)
  store.subscribe(listener)
  leave()
  leave()
  store.set(null)
  expect(listener).toHaveBeenCalledTimes(1)
})

it('is not disturbed by those who come and go while it speaks (SEC 11)', () => {
  const store = createStore()
  const heard: string[] = []
  const leave = store.subscribe(() => {
    heard.push('first')
    leave()
    store.subscribe(() => heard.push('late'))
  })
  store.subscribe(() => heard.push('second'))
  store.set(null)
  expect(heard).toEqual(['first', 'second'])
})

it('has the choice that was set last', () => {
  const store = createStore()
  expect(store.get()).toBeNull()
  const choice = parseRecord(cookieFor().value, Date.now())
  store.set(choice)
  expect(store.get()).toBe(choice)
})

it('says whether it was decided on this page', () => {
  const store = createStore()
  const heard: boolean[] = []
  store.subscribe((_, isHere) => heard.push(isHere))
  store.set(null)
  store.set(null, true)
  expect(heard).toEqual([false, true])
})

it('tells no one of a choice that a listener has replaced', () => {
  const store = createStore()
  const [first, second] = [cookieFor(), cookieFor()].map(({ value }) => parseRecord(value, Date.now()))
  const heard: unknown[] = []
  store.subscribe((choice) => {
    if (choice === first) store.set(second ?? null)
  })
  store.subscribe((choice) => heard.push(choice))
  store.set(first ?? null)
  expect(first).not.toBe(second)
  expect(heard).toEqual([second])
})
