import { readdirSync, readFileSync } from 'node:fs'
import { defineAdapter } from '../adapter.mjs'
import { json, plainTag, shell } from '../page.mjs'

const root = new URL('../../../', import.meta.url)
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
const files = readdirSync(new URL('dist/', root)).filter((name) => /^crumb[\w-]*\.js$/.test(name))

const CATEGORY = { analytics: 'performance', functional: 'functional', marketing: 'marketing' }
const services = Object.fromEntries(
  Object.entries(CATEGORY).map(([name, category]) => [name, { category, cookies: [`tp_${name}*`] }]),
)

export default defineAdapter({
  name: 'crumbgate',
  label: 'Crumbgate',
  version,
  files: files.map((name) => ({ url: `/lib/${name}`, path: new URL(`dist/${name}`, root) })),
  html: ({ scripts, iframe }) =>
    shell({
      head: `<script type="application/json" data-crumbgate>${json({ services })}</script><script src="/lib/crumbgate.js"></script>`,
      blocked:
        scripts.map((s) => plainTag(s, (x) => ({ 'data-consent': CATEGORY[x.category], src: x.src }))).join('\n') +
        (iframe
          ? `<iframe title="embed" data-consent="${CATEGORY[iframe.category]}" data-src="${iframe.src}"></iframe>`
          : ''),
    }),
  selectors: {
    accept: '[data-crumb="banner"] [data-crumb="accept"]',
    reject: '[data-crumb="banner"] [data-crumb="reject"]',
  },
})
