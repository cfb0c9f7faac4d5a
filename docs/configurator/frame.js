// @ts-check
;(() => {
  const NAME = 'crumbgate-preview'
  const { options, light, dark, view } = JSON.parse(decodeURIComponent(location.hash.slice(1)))
  const root = document.documentElement
  const isDark = options.theme ? options.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.mode = isDark ? 'dark' : 'light'
  for (const [name, value] of Object.entries(isDark ? dark : light)) root.style.setProperty(name, `${value}`)

  /** Nothing of a preview's choice is to stay. */
  function forget() {
    // biome-ignore lint/suspicious/noDocumentCookie: the other way is not in every browser
    document.cookie = `${NAME}=; max-age=0; path=/`
    for (const key of Object.keys(localStorage)) if (key.startsWith(NAME)) localStorage.removeItem(key)
  }
  forget()
  addEventListener('pagehide', forget)
  document.addEventListener('crumbgate:change', () => setTimeout(forget))

  // Nothing is sent from a preview; languages are files of the library's own.
  const { fetch } = window
  window.fetch = (input, init) =>
    `${input}`.includes('/dist/locales/') ? fetch(input, init) : Promise.resolve(new Response(null, { status: 204 }))

  /** @type {string[]} */
  const problems = []
  const { error } = console
  console.error = (...all) => {
    const text = String(all[0])
    if (text.startsWith('crumbgate: ')) problems.push(text.slice('crumbgate: '.length))
    else error.apply(console, all)
  }
  let isShown = false
  const show = () => {
    isShown = true
    parent.postMessage({ problems }, location.origin)
  }
  document.addEventListener('crumbgate:open', show)
  const { domain: _, ...rest } = options
  Object.assign(window, {
    crumbgateConfig: { ...rest, cookieName: NAME, auto: false },
    crumbgate: [
      (/** @type {{ open(view: string): void }} */ consent) => {
        if (view !== 'held') consent.open(view)
      },
    ],
  })
  document.addEventListener('DOMContentLoaded', () => {
    const film = document.querySelector('iframe')
    const [category] = options.categories ? Object.keys(options.categories).slice(-1) : ['marketing']
    if (!film || !category) film?.remove()
    else film.dataset.consent = category
    if (view === 'held') film?.scrollIntoView({ block: 'center' })
  })
  addEventListener('load', () => {
    if (!isShown && view === 'held') show()
  })
})()
