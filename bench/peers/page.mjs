// The one page every library is measured on. Adapters only decide how a blocked script or iframe is written down, and which
// tags load the library.

/** Our names. Adapters map them to the library's own vocabulary. */
export const OPTIONAL = ['analytics', 'functional', 'marketing']

/** Two external third-party stubs per optional category. */
export const standardScripts = (delay = 0) =>
  OPTIONAL.flatMap((category) =>
    ['a', 'b'].map((x) => ({
      id: `${category}-${x}`,
      category,
      src: `/tp/${category}-${x}.js?d=${delay}&c=tp_${category}_${x}`,
    })),
  )

/** n tiny inline scripts, spread over the optional categories. */
export const inlineScripts = (n) =>
  Array.from({ length: n }, (_, i) => ({ id: `i${i}`, category: OPTIONAL[i % 3], code: `__hit(${i})` }))

export const json = (v) => JSON.stringify(v).replace(/</g, '\\u003c')
const esc = (s) => String(s).replace(/&/g, '&amp;').replace(/"/g, '&quot;')

/** attrs({a: 1, b: true, c: null}) -> ' a="1" b' */
export const attrs = (o) =>
  Object.entries(o)
    .filter(([, v]) => v !== undefined && v !== null && v !== false)
    .map(([k, v]) => (v === true ? ` ${k}` : ` ${k}="${esc(v)}"`))
    .join('')

/** An inert tag in the common notation. `extra(spec)` adds the library's attributes. */
export const plainTag = (spec, extra) =>
  `<script${attrs({ type: 'text/plain', ...extra(spec) })}>${spec.code ?? ''}</script>`

export const script = (code) => `<script>${code}</script>`
export const scriptSrc = (src, extra = {}) => `<script${attrs({ src, defer: true, ...extra })}></script>`
export const css = (href) => `<link rel="stylesheet" href="${href}">`
export const onReady = (code) => `addEventListener('DOMContentLoaded',function(){${code}});`

const filler = Array.from(
  { length: 12 },
  (_, i) => `<section><h2>Section ${i + 1}</h2>
<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore
magna aliqua. <a href="#s${i}">Read more about topic ${i + 1}</a>. Ut enim ad minim veniam, quis nostrud.</p></section>`,
).join('\n')

/** Whole document. head / body are the adapter's tags. */
export const shell = ({ head = '', blocked = '', body = '' }) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Consent bench</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/site.css">
${head}
</head><body>
<header><a href="#home">Home</a> <a href="#about">About</a> <a href="#contact">Contact</a></header>
<main><h1>A page</h1>
${filler}
</main>
<div id="sandbox"></div>
${blocked}
${body}
</body></html>`

export const SITE_CSS = `body{font:16px/1.5 sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#222;background:#fff}
a{color:#0645ad}iframe{width:300px;height:150px;border:0;display:block}`
