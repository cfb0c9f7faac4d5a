// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest'
import { browserPlaces, erase, type Place } from '../../src/core/erase'
import { matches } from '../../src/core/glob'

describe('matches', () => {
  it.each([
    ['_ga', '_ga', true],
    ['_ga', '_gat', false],
    ['_ga', 'x_ga', false],
    ['_ga*', '_ga', true],
    ['_ga*', '_ga_ABC', true],
    ['_ga*', 'x_ga', false],
    ['*_ga', 'x_ga', true],
    ['*_ga', '_ga_', false],
    ['a*b', 'ab', true],
    ['a*b', 'a-b', true],
    ['a*b', 'a', false],
    ['aa*aa', 'aaa', false],
    ['aa*aa', 'aaaa', true],
    ['a*b*c', 'a1b2c', true],
    ['a*b*c', 'acb', false],
    ['a**c', 'abc', true],
    ['a.c', 'abc', false],
    ['[a-z]', 'b', false],
    ['a+', 'aa', false],
    ['a*', 'A', false],
    ['*a*', 'a', true],
    ['b*b*', 'bx', false],
  ])('%s on %s: %s', (pattern, name, expected) => {
    expect(matches(pattern, name)).toBe(expected)
  })

  it('takes time in proportion to the name (SEC 5)', () => {
    // A backtracking matcher would never come back from this.
    expect(matches(`${'*a'.repeat(30)}*b`, 'a'.repeat(100_000))).toBe(false)
  })
})

function memory(trace: Place['trace'], ...names: string[]) {
  const kept = new Set(names)
  return { trace, kept, names: () => [...kept], remove: (name: string) => kept.delete(name) }
}

describe('erase', () => {
  const ads = { key: 'ads', category: 'marketing', cookies: ['_ad*'], localStorage: ['ads'] }

  it('deletes what refused services declare, and nothing else', async () => {
    const cookies = memory('cookies', '_ad1', '_ad2', 'session', 'pixel')
    const storage = memory('localStorage', 'ads', 'ads2')
    expect(await erase([cookies, storage], [{ ...ads, cookies: ['_ad*', 'pixel'] }], [])).toEqual([])
    expect([...cookies.kept, ...storage.kept]).toEqual(['session', 'ads2'])
  })

  it('keeps what an allowed service declares as well', async () => {
    const cookies = memory('cookies', '_ad1', '_admin')
    await erase([cookies], [ads], [{ cookies: ['_admin'] }])
    expect([...cookies.kept]).toEqual(['_admin'])
  })

  it('is done with cookies and storage when the call returns', () => {
    const cookies = memory('cookies', '_ad1')
    erase([cookies], [ads], [])
    expect([...cookies.kept]).toEqual([])
  })

  it('waits for places that answer later', async () => {
    const databases = memory('indexedDB', 'ads')
    const place: Place = {
      ...databases,
      names: () => Promise.resolve(databases.names()),
      remove: async (name) => databases.remove(name),
    }
    expect(await erase([place], [{ ...ads, indexedDB: ['ads'] }], [])).toEqual([])
    expect([...databases.kept]).toEqual([])
  })

  it('names what is still there (PLT 5)', async () => {
    const cookies = { ...memory('cookies', '_ad1', 'x'), remove: () => {} }
    expect(await erase([cookies], [ads], [])).toEqual(['cookies: _ad1'])
  })

  it('names what it could not look at (PLT 7)', async () => {
    const refuses: Place = {
      trace: 'localStorage',
      names: () => {
        throw new Error('denied')
      },
      remove: () => {},
    }
    expect(await erase([refuses], [ads], [])).toEqual(['localStorage: ads (not known)'])
  })

  it('leaves places alone that nobody declared', async () => {
    const names = vi.fn(() => [])
    await erase([{ trace: 'caches', names, remove: () => {} }], [ads], [])
    expect(names).not.toHaveBeenCalled()
  })
})

describe('browserPlaces', () => {
  const traces = { localStorage: ['a*'], sessionStorage: ['a*'], indexedDB: ['a*'], caches: ['a*'] }
  const service = { key: 'a', category: 'marketing', ...traces }

  /** A database list in which `stuck` is held open by somebody and `broken` fails. */
  function databases(...names: string[]) {
    return {
      databases: async () => names.map((name) => ({ name })),
      deleteDatabase(name: string) {
        const request: Record<'onsuccess' | 'onerror' | 'onblocked', () => void> = {
          onsuccess() {},
          onerror() {},
          onblocked() {},
        }
        queueMicrotask(() => {
          if (name.includes('stuck')) request.onblocked()
          else if (name.includes('broken')) request.onerror()
          else {
            names.splice(names.indexOf(name), 1)
            request.onsuccess()
          }
        })
        return request
      },
    }
  }

  it('reach web storage, IndexedDB and Cache Storage', async () => {
    const kept = new Set(['a1', 'b'])
    const caches = { keys: async () => [...kept], delete: async (name: string) => kept.delete(name) }
    const indexedDB = databases('a1', 'b', 'a-stuck', 'a-broken')
    for (const storage of [localStorage, sessionStorage]) {
      storage.setItem('a1', 'x')
      storage.setItem('b', 'x')
    }
    const left = await erase(
      browserPlaces(Object.create(window, { caches: { value: caches }, indexedDB: { value: indexedDB } })),
      [service],
      [],
    )
    expect(left).toEqual(['indexedDB: a-stuck', 'indexedDB: a-broken'])
    expect([Object.keys(localStorage), Object.keys(sessionStorage), [...kept]]).toEqual([['b'], ['b'], ['b']])
  })

  it('are named where the browser has none', async () => {
    const bare = Object.create(window, { caches: { value: undefined }, indexedDB: { value: {} } })
    expect(await erase(browserPlaces(bare), [service], [])).toEqual(['indexedDB: a* (not known)'])
  })
})
