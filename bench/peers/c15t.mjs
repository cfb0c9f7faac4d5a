// What both c15t adapters share: scripts are declared in configuration.
import { css, json, onReady, script, scriptSrc, shell } from './page.mjs'

export const NAME = { analytics: 'measurement', functional: 'functionality', marketing: 'marketing' }

const declared = (s) => ({
  id: String(s.id),
  category: NAME[s.category],
  ...(s.src ? { src: s.src } : { textContent: s.code }),
})

export const c15tPage = (o, js, cssUrl) =>
  shell({
    head: css(cssUrl) + scriptSrc(js),
    blocked: o.iframe
      ? `<iframe title="embed" data-category="${NAME[o.iframe.category]}" data-src="${o.iframe.src}"></iframe>`
      : '',
    body: script(onReady(`startC15t(${json(o.scripts.map(declared))})`)),
  })
