// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://shop.example.co.uk/a/b" }
import { afterEach, expect, it, vi } from 'vitest'
import { createCookieJar } from '../../src/core/cookie'

const LATER = Date.now() + 86_400_000

afterEach(() => {
  vi.restoreAllMocks()
  document.body.replaceChildren()
})

function spyOnWrites() {
  const written: string[] = []
  vi.spyOn(Document.prototype, 'cookie', 'set').mockImplementation((text) => written.push(text))
  return written
}

it('writes a host-only cookie for the whole site, and reads it back', () => {
  const jar = createCookieJar(document)
  expect(jar.write('choice', 'a.b_c-d', LATER)).toEqual(['a.b_c-d'])
  expect(jar.read('choice')).toEqual(['a.b_c-d'])
  expect(jar.names()).toContain('choice')
  jar.remove('choice')
  expect(jar.read('choice')).toEqual([])
})

it('writes Path, SameSite, Secure and the end of its life', () => {
  const written = spyOnWrites()
  createCookieJar(document).write('choice', 'x', Date.UTC(2030, 0, 1))
  expect(written).toEqual(['choice=x; Path=/; Expires=Tue, 01 Jan 2030 00:00:00 GMT; SameSite=Lax; Secure'])
})

it('is not Secure on plain http, where the browser would refuse it', () => {
  const written = spyOnWrites()
  const location = { protocol: 'http:', hostname: 'localhost', pathname: '/' }
  createCookieJar(Object.create(document, { location: { value: location } })).write('choice', 'x', LATER)
  expect(written).toEqual([expect.stringMatching(/ GMT; SameSite=Lax$/)])
})

it('says so when the browser keeps nothing (PLT 1)', () => {
  spyOnWrites()
  expect(createCookieJar(document).write('choice', 'x', LATER)).toEqual([])
})

it('says so when the domain is not one of this site', () => {
  const jar = createCookieJar(document)
  expect(jar.write('other', 'x', LATER, 'elsewhere.example')).toEqual([])
  expect(jar.write('other', 'x', LATER, 'example.co.uk')).toEqual(['x'])
})

it('reads every value of a name', () => {
  vi.spyOn(Document.prototype, 'cookie', 'get').mockReturnValue('a=1; b=2=3; a=; =x; bare')
  const jar = createCookieJar(document)
  expect(jar.read('a')).toEqual(['1', ''])
  expect(jar.read('b')).toEqual(['2=3'])
})

it('neither throws nor pretends where cookies are refused (PLT 7)', () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  vi.spyOn(Document.prototype, 'cookie', 'get').mockImplementation(refuse)
  vi.spyOn(Document.prototype, 'cookie', 'set').mockImplementation(refuse)
  const jar = createCookieJar(document)
  expect(jar.read('a')).toBeUndefined()
  expect(jar.names()).toEqual([])
  expect(jar.write('a', 'b', LATER)).toEqual([])
  expect(() => jar.remove('a')).not.toThrow()
})

it('deletes at every parent domain and path, partitioned or not (PLT 5)', () => {
  const written = spyOnWrites()
  createCookieJar(document).remove('_ga')
  // Five paths, four domains, three kinds; nothing else.
  expect(written).toHaveLength(60)
  expect(new Set(written).size).toBe(60)
  const scopes = written.map((text) => text.replace('_ga=; Max-Age=0; ', ''))
  for (const path of ['/', '/a', '/a/', '/a/b', '/a/b/']) {
    for (const domain of ['', '; Domain=shop.example.co.uk', '; Domain=example.co.uk', '; Domain=co.uk']) {
      expect(scopes).toContain(`Path=${path}${domain}`)
      for (const flags of ['; Secure', '; Secure; Partitioned'])
        expect(scopes).toContain(`Path=${path}${domain}${flags}`)
    }
  }
})
