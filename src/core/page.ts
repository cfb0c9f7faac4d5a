/** Resolves after the browser has painted the next frame; soon, where it paints none. */
export function nextFrame(window: Window): Promise<void> {
  return new Promise((resolve) => {
    // A hidden page gets no frames, and nor does one that is hidden meanwhile.
    setTimeout(resolve, window.document.hidden ? 0 : 250)
    window.requestAnimationFrame(() => setTimeout(resolve))
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

/** Whether the page is the one at that address, whatever its query and fragment. */
export function isAt(document: Document, address: string | undefined): boolean {
  const plain = (url: string) => new URL(url, document.baseURI).href.replace(/(\/|\/index\.html?)?([?#].*)?$/, '')
  try {
    return address !== undefined && plain(address) === plain(document.location.href)
  } catch {
    return false
  }
}

/** 32 random hexadecimal digits. */
export const randomId = (crypto: Crypto) =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
