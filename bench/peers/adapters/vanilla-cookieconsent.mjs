import { defineAdapter, versionOf } from '../adapter.mjs'
import { css, json, onReady, plainTag, script, scriptSrc, shell } from '../page.mjs'

const category = (name) => ({ autoClear: { cookies: [{ name: { $re: `^tp_${name}` } }] } })
const config = {
  categories: {
    necessary: { enabled: true, readOnly: true },
    analytics: category('analytics'),
    functional: category('functional'),
    marketing: category('marketing'),
  },
  hideFromBots: false, // the driven browser says navigator.webdriver
  guiOptions: {
    consentModal: { layout: 'box', equalWeightButtons: true },
    preferencesModal: { layout: 'box', equalWeightButtons: true },
  },
  language: {
    default: 'en',
    translations: {
      en: {
        consentModal: {
          title: 'We use cookies',
          description:
            'We use cookies to run this site and, with your consent, for analytics, extra functions and marketing.',
          acceptAllBtn: 'Accept all',
          acceptNecessaryBtn: 'Reject all',
          showPreferencesBtn: 'Customise',
        },
        preferencesModal: {
          title: 'Cookie preferences',
          acceptAllBtn: 'Accept all',
          acceptNecessaryBtn: 'Reject all',
          savePreferencesBtn: 'Save',
          closeIconLabel: 'Close',
          sections: [
            { title: 'Your choices', description: 'Choose which categories you allow.' },
            ...['necessary', 'analytics', 'functional', 'marketing'].map((c) => ({
              title: c,
              description: `Cookies of the category ${c}.`,
              linkedCategory: c,
            })),
          ],
        },
      },
    },
  },
}

export default defineAdapter({
  name: 'vanilla-cookieconsent',
  label: 'vanilla-cookieconsent',
  version: versionOf('vanilla-cookieconsent'),
  gating: 'markup',
  files: [
    { url: '/lib/vcc.js', module: 'vanilla-cookieconsent/dist/cookieconsent.umd.js' },
    { url: '/lib/vcc.css', module: 'vanilla-cookieconsent/dist/cookieconsent.css' },
  ],
  html: (o) =>
    shell({
      head: css('/lib/vcc.css') + scriptSrc('/lib/vcc.js'),
      blocked:
        o.scripts.map((s) => plainTag(s, (x) => ({ 'data-category': x.category, 'data-src': x.src }))).join('\n') +
        (o.iframe ? `<iframe title="embed" data-cat="${o.iframe.category}" data-src="${o.iframe.src}"></iframe>` : ''),
      body: script(`var C=${json(config)};
      Object.keys(C.categories).forEach(function(k){var a=C.categories[k].autoClear;if(a)a.cookies.forEach(function(c){c.name=new RegExp(c.name.$re)})});
      C.onConsent=C.onChange=function(){document.querySelectorAll('iframe[data-cat]').forEach(function(f){if(CookieConsent.acceptedCategory(f.dataset.cat)){if(!f.src)f.src=f.dataset.src}else f.removeAttribute('src')})};
      ${onReady('CookieConsent.run(C)')}`),
    }),
  selectors: { accept: '#cc-main .cm [data-role="all"]', reject: '#cc-main .cm [data-role="necessary"]' },
})
