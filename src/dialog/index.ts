import type { DialogFactory, Locale, View } from '../types'
import { createBanner } from './banner'
import css from './dialog.css'
import { h } from './element'
import { fillFrame } from './placeholder'
import { createPreferences } from './preferences'
import { createWording } from './wording'

/** The dialog in a language. */
export function dialogIn(locale: Locale): DialogFactory {
  return (consent, { document, config, back, report }) => {
    const root = document.documentElement
    const wording = createWording(locale, config, report)
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    const room = new CSSStyleSheet()

    const banner = createBanner(consent, config, wording)
    const status = h('p', { role: 'status', 'data-crumb': 'status' })
    let preferences: HTMLDialogElement | undefined
    let view: View | null = null
    /** Held frames, with what empties each. */
    const filled = new WeakMap<HTMLIFrameElement, () => void>()
    // Beside the body, so that no rule or transform of the page's content reaches it, and first in the tab order.
    const host = h(
      'div',
      {
        id: 'crumbgate-host',
        'data-crumb': 'host',
        'data-nosnippet': true,
        lang: config.lang ?? locale.lang,
        dir: locale.dir,
      },
      banner,
      status,
    )

    /** Keep what has focus clear of the banner: https://www.w3.org/WAI/WCAG22/Understanding/focus-not-obscured-minimum */
    function makeRoom(): void {
      const covered = view === 'banner' ? innerHeight - banner.getBoundingClientRect().top : 0
      room.replaceSync(covered > 0 ? `:root{scroll-padding-block-end:${Math.ceil(covered)}px!important}` : '')
    }
    addEventListener('resize', makeRoom)

    return {
      show(next) {
        if (next === view && (!next || host.isConnected)) return
        view = next
        // Again each time: pages and frameworks replace both.
        // Through the prototype: <img name=body> hides the property behind the element.
        if (!host.isConnected) root.insertBefore(host, Reflect.get(Document.prototype, 'body', document))
        if (!document.adoptedStyleSheets.includes(sheet)) {
          document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet, room]
        }
        if (next) status.textContent = ''
        const opened = preferences
        if (next === 'preferences') {
          const made = createPreferences(consent, config, wording, back)
          preferences = made
          // Escape, or anything else that closes a dialog, is not a choice. A second Escape cannot be prevented.
          const leave = (event: Event) => {
            event.preventDefault()
            if (preferences === made) back()
          }
          for (const type of ['cancel', 'close']) made.addEventListener(type, leave)
          host.append(made)
          // Before the banner goes: the browser remembers where the focus was.
          made.showModal()
        }
        const shown = next === 'banner'
        banner.toggleAttribute('data-shown', shown)
        // Without popover the banner is shown by the attribute alone, at a fixed place.
        if (shown) banner.showPopover?.()
        else banner.hidePopover?.()
        // After the banner is back: the browser returns the focus to where it was.
        if (next !== 'preferences') preferences = undefined
        opened?.close()
        opened?.remove()
        makeRoom()
      },
      hold(held) {
        const empty = fillFrame(held, wording, css, host)
        if (empty) filled.set(held.frame, empty)
      },
      announce() {
        status.textContent = wording.texts.saved
      },
      destroy() {
        removeEventListener('resize', makeRoom)
        this.show(null)
        for (const frame of document.querySelectorAll('iframe')) filled.get(frame)?.()
        host.remove()
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet && other !== room)
      },
    }
  }
}
