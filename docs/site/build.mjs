// `npm run docs`: the sources in docs/ and the texts of the root become a static site, with relative links alone, so that it
// works on any host under any path.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { layout } from './layout.mjs'
import { createMarkdown } from './markdown.mjs'
import { SECTIONS } from './pages.mjs'
import { withReference } from './reference.mjs'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const at = (path) => join(repository, path)
const HERE = fileURLToPath(new URL('.', import.meta.url))
const ASSETS = ['site.css', 'site.js', 'icon.svg', 'film.html']

const titleOf = (text) => /^# (.+)$/m.exec(text)?.[1] ?? ''

/** A folder with more than its index has each page in the navigation, under its own title. */
function pagesOf({ more, ...page }) {
  if (!more) return [page]
  const others = readdirSync(at(more)).filter((file) => file.endsWith('.md') && file !== 'index.md')
  return [
    page,
    ...others.sort().map((file) => {
      const source = `${more}/${file}`
      return {
        source,
        name: source.slice('docs/'.length, -'.md'.length),
        // Under the name of the group, which says the rest.
        title: titleOf(readFileSync(at(source), 'utf8')).replace(/^Switching from/, 'From'),
      }
    }),
  ]
}

const navigation = () => SECTIONS.map(({ title, pages }) => ({ title, pages: pages.flatMap(pagesOf) }))

/**
 * Where a link in a source goes on the site.
 * @param {string} source the file that it stands in
 * @param {string} name the page that this becomes
 * @param {Map<string, string>} names the pages, by their sources
 */
function linker(source, name, names) {
  const from = posix.dirname(name)
  const to = (path) => posix.relative(from, path) || posix.basename(path)
  return (href) => {
    const [path, hash] = href.split('#')
    if (/^[a-z]+:/i.test(href) || !path) return href
    const target = posix.normalize(posix.join(posix.dirname(source), path))
    const page = names.get(target)
    if (page) return `${to(`${page}.html`)}${hash ? `#${hash}` : ''}`
    const asset = /^docs\/((?:pictures|benchmarks|configurator)\/.*)$/.exec(target)?.[1]
    if (asset) return to(asset.endsWith('/') ? `${asset}index.html` : asset)
    // A file of the repository, which is not on the site, or a page that is still to come.
    if (existsSync(at(target))) return undefined
    return href
  }
}

/** First sentence of the page, for search engines and link previews. */
function descriptionOf(html) {
  const text = /<p>([\s\S]*?)<\/p>/.exec(html)?.[1] ?? ''
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .slice(0, 200)
}

const headingsOf = (html) =>
  [...html.matchAll(/<h2 id="([^"]+)"[^>]*>([\s\S]*?)<\/h2>/g)].map(([, id, text]) => ({
    id,
    text: text
      .replace(/<[^>]*>/g, '')
      .replace(/&amp;/g, '&')
      .replace(/&quot;/g, '"')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>'),
  }))

/** @param {string} out the folder that is made anew */
export function buildDocs(out) {
  rmSync(out, { recursive: true, force: true })
  const sections = navigation()
  const pages = sections.flatMap((section) => section.pages)
  const names = new Map(pages.flatMap(({ source, name }) => (source ? [[source, name]] : [])))
  // What the README has to say is on the first page.
  names.set('README.md', 'index')

  for (const { source, name, title } of pages) {
    if (!source) continue
    const text = readFileSync(at(source), 'utf8')
    const html = createMarkdown(linker(source, name, names)).render(text)
    const file = join(out, `${name}.html`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(
      file,
      layout({ name, title, html, sections, description: descriptionOf(html), headings: headingsOf(html) }),
    )
  }

  for (const asset of ASSETS) cpSync(join(HERE, asset), join(out, asset))
  for (const folder of ['pictures', 'benchmarks', 'configurator']) {
    cpSync(at(`docs/${folder}`), join(out, folder), { recursive: true })
  }
  // The configurator begins with the looks of the gallery.
  cpSync(at('examples/gallery/looks.css'), join(out, 'configurator/looks.css'))
  cpSync(at('dist'), join(out, 'dist'), { recursive: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = at('docs/reference.md')
  writeFileSync(file, withReference(readFileSync(file, 'utf8')))
  buildDocs(at('docs-dist'))
}
