import { findAll, h } from '../markup/element'
import { createWording, type Wording } from '../markup/wording'
import type { DialogFactory, Locale, View } from '../types'
import { createBanner } from './banner'
import css from './dialog.css?important'
import { fillFrame } from './placeholder'
import { createPreferences } from './preferences'
import { watchScheme } from './scheme'

/** What is told what the dialog says, and adds its own to the preferences. */
export interface Extra {
  /** What the visitor has before them now: words of the dialog or of a held frame, or none. */
  shown(wording: Wording | undefined): void
  /** Called for each opening of the preferences. */
  fill(slot: HTMLElement, wording: Wording): void
}

/** @returns stops it; where the browser cannot tell, nothing is called */
function watchSize(element: Element, act: () => void): () => void {
  if (typeof ResizeObserver !== 'function') return () => {}
  const observer = new ResizeObserver(act)
  observer.observe(element)
  return () => observer.disconnect()
}

/** The dialog in a language. */
export function dialogIn(locale: Locale, extra?: Extra): DialogFactory {
  return (consent, { document, back, report, saysHonoured }) => {
    const { config } = consent
    const root = document.documentElement
    const wording = createWording(locale, config, report)
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    const room = new CSSStyleSheet()

    const banner = createBanner(consent, wording)
    const reopen = h('button', {
      type: 'button',
      'data-crumb': 'reopen',
      'data-side': `${config.button}`,
      title: wording.texts.preferencesTitle,
      click: () => consent.open(),
    })
    /** What stays on the page while nothing is open. */
    function showReopen(): void {
      const words = saysHonoured() ? wording.texts.honoured : ''
      reopen.textContent = words
      reopen.setAttribute('aria-label', words || wording.texts.preferencesTitle)
      reopen.toggleAttribute('data-shown', !view && (!!config.button || !!words))
    }
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
        'data-regime': config.regime,
        'data-nosnippet': true,
        lang: wording.lang,
        dir: wording.dir,
      },
      banner,
      reopen,
      status,
    )
    const frames = () =>
      findAll('iframe')
        .filter((frame) => frame instanceof HTMLIFrameElement)
        .filter((frame) => filled.has(frame))
    const stopWatching = watchScheme(config.theme, (isDark) => {
      const hosts = frames().map((frame) => frame.contentDocument?.getElementById(host.id))
      for (const each of [host, ...hosts]) each?.toggleAttribute('data-dark', isDark)
    })

    let zoom = 1
    /** Ours has the size that we gave it, also where a page zooms itself. */
    function fitZoom(): void {
      try {
        const now = Number(getComputedStyle(root).zoom) || 1
        if (now !== zoom) host.style.setProperty('zoom', `${1 / now}`, 'important')
        zoom = now
      } catch {
        // Where the page has broken it, the visitor is asked all the same.
      }
    }

    /** Keep what has focus clear of the banner: https://www.w3.org/WAI/WCAG22/Understanding/focus-not-obscured-minimum */
    function makeRoom(): void {
      const { top, bottom, height } = banner.getBoundingClientRect()
      const isAbove = top + bottom < innerHeight
      // It may still be on its way, by as much as it moves.
      const covered = (isAbove ? bottom : innerHeight - top) + 8
      const rule = `:root{scroll-padding-${isAbove ? 'top' : 'bottom'}:${Math.ceil(covered / zoom)}px!important}`
      room.replaceSync(height ? rule : '')
    }
    // When the browser has laid it out anyway: to ask at once would cost a layout of the whole page.
    const stopSizing = watchSize(banner, makeRoom)
    const onResize = () => {
      if (!view) return
      fitZoom()
      makeRoom()
    }
    addEventListener('resize', onResize)
    // The page's styles may come after us.
    function refit(): void {
      const before = zoom
      if (view) fitZoom()
      if (zoom !== before) makeRoom()
    }
    document.addEventListener('readystatechange', refit)

    /** Open the preferences, made anew. */
    function openPreferences(): void {
      // What is still on its way out, or has been thrown out with the host.
      for (const old of host.querySelectorAll('dialog')) old.remove()
      const slot = h('div', {})
      extra?.fill(slot, wording)
      const made = createPreferences(consent, wording, back, slot)
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
      // Hidden by a filter of the visitor's, it would lock the page behind it.
      const test = () => {
        if (preferences === made && made.isConnected && !made.getClientRects().length) back()
      }
      watchSize(made, test)
      test()
    }

    /** Put ourselves into the page, again each time: pages, frameworks and filters throw out what they do not know. */
    function attach(): void {
      if (banner.parentNode !== host) host.prepend(banner)
      // Through the prototype: <img name=body> hides the property behind the element.
      if (!host.isConnected) root.insertBefore(host, Reflect.get(Document.prototype, 'body', document))
      if (!document.adoptedStyleSheets.includes(sheet)) {
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet, room]
      }
    }

    /** Take the preferences away, with their motion unless it is to be at once. */
    function remove(opened: HTMLDialogElement, isInstant: boolean | undefined): void {
      opened.close()
      const motion = isInstant ? [] : opened.getAnimations()
      if (!motion.length) opened.remove()
      Promise.allSettled(motion.map(({ finished }) => finished)).then(() => opened.remove())
    }

    return {
      lang: wording.lang,
      show(next, isInstant) {
        const shownPart = { banner, preferences }[next ?? 'banner']
        const wasThere = shownPart?.isConnected
        attach()
        if (next === view && wasThere) return showReopen()
        view = next
        extra?.shown(next || frames().length ? wording : undefined)
        host.toggleAttribute('data-instant', !!isInstant)
        if (next) status.textContent = ''
        const opened = preferences
        if (next === 'preferences') openPreferences()
        const shown = next === 'banner'
        banner.toggleAttribute('data-shown', shown)
        try {
          if (shown) banner.showPopover()
          else banner.hidePopover()
        } catch {
          // Not there, or already so (https://github.com/whatwg/html/pull/9142). Without popover the banner is shown by the
          // attribute alone, at a fixed place.
        }
        showReopen()
        // After the banner is back: the browser returns the focus to where it was.
        if (next !== 'preferences') preferences = undefined
        if (opened) remove(opened, isInstant)
        // What has been styled to be shown need not be styled once more.
        if (next) fitZoom()
      },
      hold(held) {
        const empty = fillFrame(held, wording, css, host)
        if (!empty) return
        filled.set(held.frame, empty)
        extra?.shown(wording)
      },
      announce() {
        attach()
        status.textContent = wording.texts.saved
      },
      destroy() {
        stopWatching()
        stopSizing()
        removeEventListener('resize', onResize)
        document.removeEventListener('readystatechange', refit)
        const opened = preferences
        preferences = undefined
        opened?.close()
        host.remove()
        for (const frame of frames()) filled.get(frame)?.()
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet && other !== room)
      },
    }
  }
}
