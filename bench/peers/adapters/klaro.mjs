import { defineAdapter, versionOf } from '../adapter.mjs'
import { css, json, OPTIONAL, plainTag, script, scriptSrc, shell } from '../page.mjs'

const config = {
  version: 1,
  elementID: 'klaro',
  acceptAll: true,
  groupByPurpose: true,
  default: false,
  mustConsent: false,
  lang: 'en',
  htmlTexts: false,
  storageMethod: 'cookie',
  translations: {
    en: {
      privacyPolicyUrl: '/privacy',
      purposes: { necessary: 'Necessary', analytics: 'Analytics', functional: 'Functional', marketing: 'Marketing' },
      necessary: { title: 'necessary' },
      analytics: { title: 'analytics' },
      functional: { title: 'functional' },
      marketing: { title: 'marketing' },
    },
  },
  services: [
    { name: 'necessary', purposes: ['necessary'], required: true },
    ...OPTIONAL.map((c) => ({ name: c, purposes: [c], cookies: [{ $re: `^tp_${c}` }], onlyOnce: true })),
  ],
}

export default defineAdapter({
  name: 'klaro',
  label: 'Klaro',
  version: versionOf('klaro'),
  gating: 'markup',
  files: [
    { url: '/lib/klaro.js', module: 'klaro/dist/klaro-no-css.js' },
    { url: '/lib/klaro.css', module: 'klaro/dist/klaro.min.css' },
  ],
  html: (o) =>
    shell({
      head:
        css('/lib/klaro.css') +
        script(
          `var klaroConfig=${json(config)};klaroConfig.services.forEach(function(s){if(s.cookies)s.cookies=s.cookies.map(function(c){return new RegExp(c.$re)})});`,
        ) +
        scriptSrc('/lib/klaro.js', { 'data-config': 'klaroConfig' }),
      blocked:
        o.scripts
          .map((s) =>
            plainTag(s, (x) => ({ 'data-name': x.category, 'data-src': x.src, 'data-type': 'application/javascript' })),
          )
          .join('\n') +
        (o.iframe ? `<iframe title="embed" data-name="${o.iframe.category}" data-src="${o.iframe.src}"></iframe>` : ''),
    }),
  selectors: { accept: '#klaro .cookie-notice .cm-btn-success', reject: '#klaro .cookie-notice .cn-decline' },
})
