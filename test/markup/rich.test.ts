// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { rich } from '../../src/markup/rich'

function html(text: string): string {
  const box = document.createElement('p')
  box.append(...rich(text))
  return box.innerHTML
}

it.each([
  ['plain', 'plain'],
  ['', ''],
  ['see [our policy](/privacy?a=1#b), please', 'see <a href="/privacy?a=1#b" rel="noopener">our policy</a>, please'],
  [
    '[a](https://x.example)[b](mailto:me@x.example)',
    '<a href="https://x.example" rel="noopener">a</a><a href="mailto:me@x.example" rel="noopener">b</a>',
  ],
  ['[a](privacy.html) [b](#c)', '<a href="privacy.html" rel="noopener">a</a> <a href="#c" rel="noopener">b</a>'],
  ['not *now*, but **ever**', 'not <em>now</em>, but <strong>ever</strong>'],
  ['5 * 3 * 2, a [b] (c)', '5 * 3 * 2, a [b] (c)'],
  ['<b>&amp;</b> [<i>](/x)', '&lt;b&gt;&amp;amp;&lt;/b&gt; <a href="/x" rel="noopener">&lt;i&gt;</a>'],
])('%s', (text, expected) => {
  expect(html(text)).toBe(expected)
})

it.each([
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '\u0001javascript:alert(1)',
  'blob:x',
])('%s gives no link (SEC 2)', (address) => {
  expect(html(`[here](${address})`)).not.toContain('<a')
})

it('is not held up by what only looks like markup (SEC 5)', () => {
  const text = `${'[a'.repeat(100_000)}${'[a]('.repeat(100_000)}*`
  expect(html(text)).toBe(text)
})
