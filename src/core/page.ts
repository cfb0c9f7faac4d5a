/** Resolves after the browser has painted the next frame; soon, where it paints none. */
export function nextFrame(window: Window): Promise<void> {
  return new Promise((resolve) => {
    // A hidden page gets no frames, and nor does one that is hidden meanwhile.
    setTimeout(resolve, window.document.hidden ? 0 : 250)
    try {
      window.requestAnimationFrame(() => setTimeout(resolve))
    } catch {
      // A page may have broken it.
    }
  })
}

/** Whether the page is inside another page of the same site, which asks for it. */
export function isInnerFrame(window: Window): boolean {
  try {
    return !!window.frameElement
  } catch {
    return false
  }
}

/** Whether the page is the one at that address: with its query, and whatever else; a part of a page is no page. */
export function isAt(document: Document, address: string | undefined): boolean {
  const plain = ({ href }: URL) => href.replace(/(\/|\/index\.html?|\.html?)?([?#].*)?$/, '')
  try {
    if (address === undefined) return false
    const there = new URL(address, document.baseURI)
    const here = new URL(document.location.href)
    const isPart = there.hash && (address.trim().startsWith('#') || there.pathname === '/')
    const isAsked = [...there.searchParams].every(([name, value]) => here.searchParams.get(name) === value)
    return !isPart && isAsked && plain(there) === plain(here)
  } catch {
    return false
  }
}

/** The page's language, a BCP 47 tag; English if it does not say. */
export function languageOf({ documentElement: { lang } }: Document): string {
  return /^[a-z]{2,8}(-[a-z\d]{1,8}){0,4}$/i.test(lang) ? lang : 'en'
}

/**
 * Show the links that some laws ask for, wherever and whenever the page has them.
 * @returns hides them again
 */
export function showOptOutLinks(document: Document): () => void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('[data-consent-open="opt-out"][hidden]{display:inline!important}')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
  }
}

/** Links and buttons that open the preferences, also those that come later. */
export function watchOpeners(document: Document, signal: AbortSignal, open: () => void): void {
  document.addEventListener(
    'click',
    (event) => {
      // The path, since it begins inside a web component.
      const opener = event.composedPath().some((node) => node instanceof Element && node.matches('[data-consent-open]'))
      // A link that is opened in a new tab on purpose goes where it says.
      if (!opener || event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      open()
    },
    // Before the routers of frameworks, which leave a click alone that is taken.
    { signal, capture: true },
  )
}

/** 32 random hexadecimal digits. A number, not a secret: where the browser's own source fails, another will do. */
export function randomId(crypto: Crypto): string {
  const bytes = new Uint8Array(16)
  try {
    crypto.getRandomValues(bytes)
  } catch {
    for (const index of bytes.keys()) bytes[index] = Math.random() * 256
  }
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
