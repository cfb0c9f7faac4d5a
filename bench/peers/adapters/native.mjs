// Baseline of a returning visit: the same page with its tags live, and no library.
import { defineAdapter } from '../adapter.mjs'
import { attrs, shell } from '../page.mjs'

export default defineAdapter({
  name: 'native',
  label: '(no library, everything runs)',
  version: '',
  baseline: 'native',
  files: [],
  html: ({ scripts, iframe }) =>
    shell({
      blocked:
        scripts.map(({ src, code }) => `<script${attrs({ src })}>${code ?? ''}</script>`).join('\n') +
        (iframe ? `<iframe title="embed" src="${iframe.src}"></iframe>` : ''),
    }),
})
