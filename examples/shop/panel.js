// The live panel: looks at what is there, stores nothing itself.
const { services } = window.crumbgateConfig
const OWN = 'necessary'
const CATEGORIES = [OWN, 'functional', 'performance', 'marketing', 'undeclared']
const sent = new Map()

const fits = (pattern, name) => new RegExp(`^${pattern.replace(/[^\w*]/g, '\\$&').replaceAll('*', '.*')}$`).test(name)

function categoryOf(trace, name) {
  if (trace === 'cookies' && name === 'crumbgate') return OWN
  const service = Object.values(services).find((item) => item[trace]?.some((pattern) => fits(pattern, name)))
  return service?.category ?? 'undeclared'
}

function safely(read) {
  try {
    return read()
  } catch {
    return []
  }
}

async function stored() {
  const cookies = safely(() => document.cookie.split('; ').filter(Boolean))
  const databases = await Promise.resolve(safely(() => indexedDB.databases())).catch(() => [])
  return [
    ...cookies.map((pair) => ['cookies', pair.split('=')[0]]),
    ...safely(() => Object.keys(localStorage)).map((name) => ['localStorage', name]),
    ...safely(() => Object.keys(sessionStorage)).map((name) => ['sessionStorage', name]),
    ...databases.map(({ name }) => ['indexedDB', name]),
  ]
}

async function draw() {
  const found = await stored()
  const rows = CATEGORIES.map((category) => {
    const names = found.filter(([trace, name]) => categoryOf(trace, name) === category)
    return { category, names, requests: sent.get(category) ?? 0 }
  })
  const body = document.querySelector('#panel')
  body.replaceChildren(
    ...rows
      .filter(({ category, names, requests }) => category !== 'undeclared' || names.length + requests > 0)
      .map(({ category, names, requests }) => {
        const row = document.createElement('tr')
        row.dataset.category = category
        const texts = [category, names.length, requests, names.map(([trace, name]) => `${trace}: ${name}`).join(', ')]
        for (const text of texts) row.insertCell().textContent = text
        return row
      }),
  )
}

// Whatever leaves for another origin, by the service that it belongs to.
new PerformanceObserver((list) => {
  for (const { name } of list.getEntries()) {
    const url = new URL(name)
    if (url.origin === location.origin) continue
    const service = Object.keys(services).find((key) => url.pathname.includes(key.slice(0, 4)))
    const category = services[service]?.category ?? 'undeclared'
    sent.set(category, (sent.get(category) ?? 0) + 1)
  }
}).observe({ type: 'resource', buffered: true })

setInterval(draw, 500)
draw()
