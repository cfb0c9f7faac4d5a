// c15t core, offline mode, bundled with esbuild together with a minimal hand-written UI.
import { defineAdapter, versionOf } from '../adapter.mjs'
import { c15tPage } from '../c15t.mjs'

const CSS = `.c15t-ui{position:fixed;bottom:1rem;left:1rem;right:1rem;padding:1rem;background:#fff;border:1px solid #444;z-index:9}
.c15t-ui[hidden]{display:none}.c15t-ui button{margin:.25rem;padding:.5rem 1rem}`

export default defineAdapter({
  name: 'c15t-core',
  label: 'c15t core, minimal UI',
  version: versionOf('c15t'),
  gating: 'config',
  files: [
    { url: '/lib/c15t-core.js', build: 'adapters/entries/c15t-core.js' },
    { url: '/lib/c15t-core.css', text: CSS },
  ],
  html: (o) => c15tPage(o, '/lib/c15t-core.js', '/lib/c15t-core.css'),
  selectors: { accept: '#c15t-accept', reject: '#c15t-reject' },
})
