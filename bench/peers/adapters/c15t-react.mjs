// @c15t/react's ready-made UI, offline mode. No script-tag build exists, so this is an
// esbuild bundle that contains React (a site already on React would not pay for that part).
import { defineAdapter, versionOf } from '../adapter.mjs'
import { c15tPage } from '../c15t.mjs'

const T = (id) => `[data-testid="${id}"]`

export default defineAdapter({
  name: 'c15t-react',
  label: '@c15t/react, with React',
  version: versionOf('@c15t/react'),
  gating: 'config',
  files: [
    { url: '/lib/c15t-react.js', build: 'adapters/entries/c15t-react.jsx' },
    { url: '/lib/c15t-react.css', build: 'adapters/entries/c15t-react.css' },
  ],
  html: (o) => c15tPage(o, '/lib/c15t-react.js', '/lib/c15t-react.css'),
  selectors: { accept: T('consent-banner-accept-button'), reject: T('consent-banner-reject-button') },
})
