// One tarteaucitron service per optional category; a service loads its scripts through
// tarteaucitron.addScript (its documented API). The library fetches its CSS, language
// file and service catalogue by itself.
import { defineAdapter, versionOf } from '../adapter.mjs'
import { json, OPTIONAL, script, scriptSrc, shell } from '../page.mjs'

const config = {
  privacyUrl: '',
  bodyPosition: 'bottom',
  hashtag: '#tarteaucitron',
  cookieName: 'tarteaucitron',
  orientation: 'bottom',
  groupServices: false,
  showAlertSmall: false,
  cookieslist: false,
  showIcon: false,
  adblocker: false,
  DenyAllCta: true,
  AcceptAllCta: true,
  highPrivacy: true,
  handleBrowserDNTRequest: false,
  removeCredit: true,
  moreInfoLink: false,
  useExternalCss: false,
  useExternalJs: false,
  mandatory: true,
  mandatoryCta: true,
  googleConsentMode: false,
  bingConsentMode: false,
  pianoConsentMode: false,
}
const TYPE = { analytics: 'analytic', functional: 'support', marketing: 'ads' }

const declare = (scripts, iframe) => `
${OPTIONAL.map(
  (c) => `tarteaucitron.services.bench${c}={key:'bench${c}',type:'${TYPE[c]}',name:'${c}',uri:'',needConsent:true,
  cookies:['tp_${c}_a','tp_${c}_b'],fallback:function(){},
  js:function(){${json(scripts.filter((s) => s.category === c))}.forEach(function(s){
    if(s.src)return tarteaucitron.addScript(s.src);
    var n=document.createElement('script');n.text=s.code;document.head.appendChild(n)});
    ${iframe && iframe.category === c ? `document.querySelectorAll('iframe[data-src]').forEach(function(f){f.src=f.dataset.src})` : ''}}};
  (tarteaucitron.job=tarteaucitron.job||[]).push('bench${c}');`,
).join('')}`

export default defineAdapter({
  name: 'tarteaucitron',
  label: 'tarteaucitron.js',
  version: versionOf('tarteaucitronjs'),
  gating: 'config',
  files: [
    ['/lib/tac/tarteaucitron.min.js', 'tarteaucitron.min.js'],
    ['/lib/tac/tarteaucitron.services.min.js', 'tarteaucitron.services.min.js'],
    ['/lib/tac/lang/tarteaucitron.en.min.js', 'lang/tarteaucitron.en.min.js'],
    ['/lib/tac/css/tarteaucitron.min.css', 'css/tarteaucitron.min.css'],
    ['/lib/tac/advertising.min.js', 'advertising.min.js'],
  ].map(([url, f]) => ({ url, module: `tarteaucitronjs/${f}` })),
  html: (o) =>
    shell({
      head:
        script("var tarteaucitronForceLanguage='en'") +
        scriptSrc('/lib/tac/tarteaucitron.min.js', { defer: false }) +
        script(`tarteaucitron.init(${json(config)});`),
      blocked: o.iframe ? `<iframe title="embed" data-src="${o.iframe.src}"></iframe>` : '',
      body: script(declare(o.scripts, o.iframe)),
    }),
  selectors: { accept: '#tarteaucitronPersonalize2', reject: '#tarteaucitronAllDenied2' },
})
