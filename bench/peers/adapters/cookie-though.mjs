// Preact widget in an open shadow root; preferences unfold inside the banner. No script gating.
import { defineAdapter, versionOf } from '../adapter.mjs'
import { GLUE, glueAttrs, glueIframe } from '../glue.mjs'
import { json, onReady, plainTag, script, scriptSrc, shell } from '../page.mjs'

const config = {
  policies: [
    ['necessary', 'essential'],
    ['analytics', 'statistics'],
    ['functional', 'functional'],
    ['marketing', 'marketing'],
  ].map(([id, category]) => ({ id, label: id, description: `Cookies of the category ${id}.`, category })),
  essentialLabel: 'Always on',
  permissionLabels: { accept: 'Accept', acceptAll: 'Accept all', decline: 'Reject all' },
  header: {
    title: 'Cookies',
    subTitle: 'We use cookies',
    description:
      'We use cookies to run this site and, with your consent, for analytics, extra functions and marketing.',
  },
  cookiePolicy: { url: '/privacy', label: 'Read the full cookie declaration' },
  customizeLabel: 'Customise',
}
const H = '.cookie-though >>> '

export default defineAdapter({
  name: 'cookie-though',
  label: 'cookie-though',
  version: versionOf('cookie-though'),
  gating: 'glue',
  files: [{ url: '/lib/cookie-though.js', module: 'cookie-though/dist/lib.js' }],
  html: (o) =>
    shell({
      head: scriptSrc('/lib/cookie-though.js'),
      blocked: o.scripts.map((s) => plainTag(s, glueAttrs)).join('\n') + (o.iframe ? glueIframe(o.iframe) : ''),
      body: script(`${GLUE}function apply(p){benchActivate(p.cookieOptions.filter(function(c){return c.isEnabled}).map(function(c){return c.id}))}
      ${onReady(`CookieThough.init(${json(config)});CookieThough.onPreferencesChanged(apply);var p=CookieThough.getPreferences();if(document.cookie.indexOf('cookie-preferences')>=0)apply(p)`)}`),
    }),
  selectors: { accept: `${H}.ct-acceptance button:last-child`, reject: `${H}.ct-acceptance button:first-child` },
})
