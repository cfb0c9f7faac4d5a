import hljs from 'highlight.js'
import MarkdownIt from 'markdown-it'
import anchor from 'markdown-it-anchor'

/** Names of languages that the highlighter has under another one, or not at all. */
const LANGUAGES = { vcl: 'c', abnf: 'abnf', text: 'plaintext', '': 'plaintext' }

/** Small screens show a table as blocks, which would take its meaning away. */
const ROLES = {
  table_open: 'table',
  thead_open: 'rowgroup',
  tbody_open: 'rowgroup',
  tr_open: 'row',
  th_open: 'columnheader',
  td_open: 'cell',
}

/** As GitHub makes them, so that links to a heading hold in both places. */
export const slugOf = (text) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

function highlight(text, name) {
  const language = LANGUAGES[name] ?? name
  return hljs.getLanguage(language) ? hljs.highlight(text, { language }).value : ''
}

/**
 * @param {(href: string) => string | undefined} resolve where a link of the source goes on the site; `undefined` where
 * the site has nothing to show, and the text stands alone
 */
export function createMarkdown(resolve) {
  const markdown = new MarkdownIt({ html: true, highlight })
  markdown.use(anchor, {
    slugify: slugOf,
    level: [2, 3, 4],
    permalink: anchor.permalink.linkAfterHeader({
      style: 'visually-hidden',
      class: 'anchor',
      assistiveText: (title) => `Link to “${title}”`,
      visuallyHiddenClass: 'hidden',
      wrapper: ['<div class="heading">', '</div>'],
      symbol: '#',
    }),
  })

  // Long lines of code scroll by themselves, also by keyboard.
  const { rules } = markdown.renderer
  const fence = rules.fence
  rules.fence = (tokens, ...rest) => {
    // What is said there to the tests is nothing to readers.
    for (const token of tokens) {
      if (token.type === 'fence')
        token.content = token.content.replace(/^(\/\/|<!--) (Not run|Only its types).*\n/m, '')
    }
    return fence(tokens, ...rest).replace('<pre>', '<pre tabindex="0">')
  }

  markdown.core.ruler.push('tables', ({ tokens }) => {
    let heads = []
    let column = 0
    let table
    tokens.forEach((token, index) => {
      const { type } = token
      if (type === 'table_open') table = token
      if (type === 'thead_open') heads = []
      // Too wide for any column: it scrolls by itself, also by keyboard.
      if (type === 'thead_close' && heads.length > 6) {
        table.attrSet('class', 'wide')
        table.attrSet('tabindex', '0')
      }
      // No inline style, which a strict policy refuses.
      if (token.attrGet('style') === 'text-align:right') token.attrs = [['class', 'end']]
      if (type === 'tr_open') column = 0
      if (ROLES[type]) token.attrSet('role', ROLES[type])
      if (type === 'th_open') heads.push(tokens[index + 1].content)
      // A head without words is none.
      if (type === 'th_open' && !heads.at(-1)) {
        token.tag = tokens[index + 2].tag = 'td'
        token.attrSet('role', 'cell')
      }
      if (type !== 'td_open') return
      const label = (heads[column++] ?? '').replace(/[`*]/g, '')
      if (label) token.attrSet('data-label', label)
    })
  })

  markdown.core.ruler.push('links', ({ tokens }) => {
    for (const { children } of tokens) {
      const open = []
      for (const token of children ?? []) {
        if (token.type === 'image') token.attrSet('src', resolve(token.attrGet('src')) ?? '')
        if (token.type === 'link_open') {
          const href = resolve(token.attrGet('href'))
          open.push(href)
          if (href === undefined) token.hidden = true
          else token.attrSet('href', href)
        } else if (token.type === 'link_close' && open.pop() === undefined) token.hidden = true
      }
    }
  })
  // What is hidden is not rendered inline by itself.
  const shown = (type) => {
    rules[type] = (tokens, index, options, _, self) =>
      tokens[index].hidden ? '' : self.renderToken(tokens, index, options)
  }
  shown('link_open')
  shown('link_close')
  return markdown
}
