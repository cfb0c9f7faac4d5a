// @ts-check
import { h } from './dom.js'
import { propertiesOf } from './look.js'
import { optionsOf } from './options.js'

/** @typedef {import('./state.js').State} State */

/**
 * The page that shows the dialog. A new one takes the old one's place once its dialog is open.
 * @param {HTMLElement} stage
 * @param {(problems: string[]) => void} tell what the library says of the options
 */
export function previewIn(stage, tell) {
  /** @type {HTMLIFrameElement | undefined} */
  let coming
  let isAsked = false
  let address = ''

  addEventListener('message', ({ source, data, origin }) => {
    if (origin !== location.origin || !coming || source !== coming.contentWindow || !Array.isArray(data?.problems))
      return
    tell(data.problems)
    for (const old of stage.querySelectorAll('iframe')) if (old !== coming) old.remove()
    coming.inert = false
    coming.dataset.ready = ''
  })

  function build() {
    isAsked = false
    for (const late of stage.querySelectorAll('iframe:not([data-ready])')) late.remove()
    // Inert until it is shown, so that its dialog takes no focus from the form.
    coming = h('iframe', { title: 'Preview', src: address, inert: true })
    stage.append(coming)
  }

  /** @param {State} state @param {{ view: string, mode: string }} options */
  return (state, { view, mode }) => {
    const theme = state.theme ?? (mode || undefined)
    const data = {
      options: { ...optionsOf(state), ...(theme && { theme }) },
      light: propertiesOf(state, 'light'),
      dark: propertiesOf(state, 'dark'),
      view,
    }
    const next = `preview.html#${encodeURIComponent(JSON.stringify(data))}`
    if (next === address) return
    address = next
    if (!isAsked) requestAnimationFrame(build)
    isAsked = true
  }
}
