// Osano's open-source "cookieconsent" 3: a banner with one allow/deny status, no categories,
// no preferences dialog and no script gating. Kept because it is still widely installed.
import { defineAdapter, versionOf } from '../adapter.mjs'
import { GLUE, glueAttrs, glueIframe } from '../glue.mjs'
import { css, json, onReady, plainTag, script, scriptSrc, shell } from '../page.mjs'

const config = {
  type: 'opt-in',
  position: 'bottom',
  palette: { popup: { background: '#222', text: '#fff' }, button: { background: '#ffd000', text: '#000' } },
  content: {
    message: 'We use cookies to run this site and, with your consent, for analytics, extra functions and marketing.',
    allow: 'Accept all',
    deny: 'Reject all',
    link: 'Learn more',
    href: '/privacy',
  },
}
const ALL = "['analytics','functional','marketing']"

export default defineAdapter({
  name: 'osano',
  label: 'cookieconsent (Osano)',
  version: versionOf('cookieconsent'),
  gating: 'glue',
  files: [
    { url: '/lib/osano.js', module: 'cookieconsent/build/cookieconsent.min.js' },
    { url: '/lib/osano.css', module: 'cookieconsent/build/cookieconsent.min.css' },
  ],
  html: (o) =>
    shell({
      head: css('/lib/osano.css') + scriptSrc('/lib/osano.js'),
      blocked: o.scripts.map((s) => plainTag(s, glueAttrs)).join('\n') + (o.iframe ? glueIframe(o.iframe) : ''),
      body: script(`${GLUE}var C=${json(config)};
      C.onInitialise=C.onStatusChange=function(){if(this.hasConsented())benchActivate(${ALL})};
      ${onReady('cookieconsent.initialise(C,function(p){window.osanoPopup=p})')}`),
    }),
  selectors: { accept: '.cc-window .cc-allow', reject: '.cc-window .cc-deny' },
})
