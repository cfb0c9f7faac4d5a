const escaped = (text) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign])

const navigation = (sections, current, root) =>
  sections
    .map(
      ({ title, pages }) => `<h2>${escaped(title)}</h2>
<ul>
${pages
  .map(
    ({ name, title: label }) =>
      `<li><a href="${root}${name}.html"${name === current ? ' aria-current="page"' : ''}>${escaped(label)}</a></li>`,
  )
  .join('\n')}
</ul>`,
    )
    .join('\n')

/** Crumbgate asks nobody here by itself: there is nothing on this site to ask about but its own demonstration. */
const OPTIONS = {
  auto: false,
  cookieName: 'crumbgate-docs',
  policy: 'law.html',
  services: {
    film: {
      category: 'marketing',
      title: 'Film',
      provider: 'This site',
      purpose: 'Shows a page in a frame, so that you see how a held frame looks.',
      cookies: ['_docs_film'],
    },
  },
}

/**
 * @param {object} page
 * @param {string} page.name such as `start`
 * @param {string} page.title
 * @param {string} page.description
 * @param {string} page.html what stands in the middle
 * @param {{ title: string, pages: { name: string, title: string }[] }[]} page.sections
 * @param {{ id: string, text: string }[]} page.headings
 */
export function layout({ name, title, description, html, sections, headings }) {
  const root = '../'.repeat(name.split('/').length - 1)
  const isHome = name === 'index'
  const all = sections.flatMap(({ pages }) => pages)
  const index = all.findIndex((page) => page.name === name)
  const [before, after] = [all[index - 1], all[index + 1]]
  const nav = navigation(sections, name, root)
  const options = JSON.stringify({ ...OPTIONS, policy: `${root}${OPTIONS.policy}` })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${isHome ? 'Crumbgate: cookie consent that keeps its promise' : `${escaped(title)} – Crumbgate`}</title>
<meta name="description" content="${escaped(description)}">
<meta name="color-scheme" content="light dark">
<script type="application/json" data-crumbgate>${options.replaceAll('<', '\\u003c')}</script>
<script src="${root}dist/crumbgate.js"></script>
<link rel="icon" href="${root}icon.svg">
<link rel="stylesheet" href="${root}site.css">
<script src="${root}site.js" defer></script>
</head>
<body${isHome ? ' class="home"' : ''}>
<a class="skip" href="#content">Skip to content</a>
<header class="top">
<a class="brand" href="${root}index.html"><img src="${root}icon.svg" alt="" width="24" height="24">Crumbgate</a>
<details class="menu">
<summary>Contents</summary>
<nav aria-label="Contents">
${nav}
</nav>
</details>
</header>
<div class="columns">
<nav class="side" aria-label="Pages">
${nav}
</nav>
<main id="content" tabindex="-1">
${html}
${
  before || after
    ? `<nav class="turn" aria-label="Next and previous page">
${before ? `<a rel="prev" href="${root}${before.name}.html"><small>Previous</small> ${escaped(before.title)}</a>` : '<span></span>'}
${after ? `<a rel="next" href="${root}${after.name}.html"><small>Next</small> ${escaped(after.title)}</a>` : ''}
</nav>`
    : ''
}
</main>
${
  headings.length > 2
    ? `<nav class="here" aria-label="On this page">
<h2>On this page</h2>
<ul>
${headings.map(({ id, text }) => `<li><a href="#${id}">${escaped(text)}</a></li>`).join('\n')}
</ul>
</nav>`
    : ''
}
</div>
<footer class="foot">
<p>MIT licence. None of this is legal advice.</p>
<p><a href="${root}law.html" data-consent-open>Cookie settings</a></p>
</footer>
</body>
</html>
`
}
