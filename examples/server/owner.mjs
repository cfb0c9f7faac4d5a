const DAYS = 30
const DAY = 86_400_000
const METHODS = ['accept', 'reject', 'custom']
const CATEGORIES = ['functional', 'performance', 'marketing']

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const clean = (value) => `${value}`.replace(/[&<>"]/g, (sign) => ENTITIES[sign])
const dayOf = (time) => new Date(time).toISOString().slice(0, 10)

function countsTable(counts) {
  if (counts.length === 0) return '<p>No decision yet.</p>'
  const cells = ({ decisions, methods, granted }) => [
    decisions,
    ...METHODS.map((method) => methods[method] ?? 0),
    ...CATEGORIES.map(
      (key) => `${granted[key] ?? 0} <small>${Math.round(((granted[key] ?? 0) / decisions) * 100)} %</small>`,
    ),
  ]
  const rows = counts.toReversed().map(
    (count) =>
      `<tr><th scope="row">${clean(count.day)}</th>${cells(count)
        .map((cell) => `<td>${cell}</td>`)
        .join('')}</tr>`,
  )
  const heads = ['Day (UTC)', 'Decisions', ...METHODS, ...CATEGORIES].map((head) => `<th scope="col">${head}</th>`)
  return `<div class="wide"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

function found(id, entry) {
  if (!id) return ''
  if (!entry) return `<p role="status">There is no receipt ${clean(id)}.</p>`
  return `<pre role="status">${clean(JSON.stringify({ receivedAt: new Date(entry.receivedAt), ...entry.receipt }, null, 2))}</pre>`
}

/** What the owner sees: how many have decided what, and one receipt by its number. */
export async function ownerPage(request, store) {
  const id = new URL(request.url).searchParams.get('id')?.trim() ?? ''
  const [counts, entry] = await Promise.all([
    store.counts(dayOf(Date.now() - DAYS * DAY), dayOf(Date.now() + DAY)),
    id ? store.get(id) : null,
  ])
  const body = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Receipts | Rye &amp; Ember</title>
    <link rel="icon" href="/shop/loaf.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/shop/shop.css">
    <link rel="stylesheet" href="/server/server.css">
  </head>
  <body>
    <header class="site">
      <a class="brand" href="/server/"><img src="/shop/loaf.svg" alt="" width="30" height="30"> Rye &amp; Ember</a>
    </header>
    <main class="owner">
      <h1>Receipts</h1>
      <form>
        <label for="id">Look one up by its number</label>
        <input id="id" name="id" value="${clean(id)}" placeholder="32 digits, from the visitor" autocomplete="off" spellcheck="false">
        <button>Search</button>
      </form>
      ${found(id, entry)}
      <h2>The last ${DAYS} days</h2>
      ${countsTable(counts)}
      <p><a href="/server/consent?export" download="receipts.ndjson">Export all</a>, one line of JSON each.</p>
    </main>
  </body>
</html>`
  return new Response(body, { headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' } })
}
