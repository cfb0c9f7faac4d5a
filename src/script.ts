import { createConsent } from './core/consent'
import { guard, report } from './core/errors'
import { dialogIn } from './dialog/index'
import { en } from './locales/en'
import { collectOptions } from './options'
import type { Consent } from './types'

/** What waits in `(window.crumbgate ||= []).push(fn)`. */
type Task = (consent: Consent) => void

/** `window.crumbgate` once the script has loaded: the consent object, and `push`, which calls back at once. */
export interface CrumbgateGlobal extends Consent {
  push(...tasks: Task[]): void
}

declare global {
  interface Window {
    crumbgate?: CrumbgateGlobal | Task[]
    crumbgateConfig?: unknown
  }
}

const BLOCK = 'script[type="application/json"][data-crumbgate]'

// Through the prototypes: <img name=currentScript> hides the property behind the element.
function ownTag(): HTMLScriptElement | null {
  const current: unknown = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript')?.get?.call(document)
  if (current instanceof HTMLScriptElement) return current
  // Loaded as a module, where there is no current script.
  const tag = Document.prototype.querySelector.call(document, 'script[src$="/crumbgate.js"],script[src="crumbgate.js"]')
  return tag instanceof HTMLScriptElement ? tag : null
}

const jsonBlock = () => Document.prototype.querySelector.call(document, BLOCK)?.textContent ?? undefined

function start(): void {
  const before = window.crumbgate
  if (before && 'allows' in before) {
    report('the script is on this page twice; the second tag does nothing. Remove one.')
    return
  }
  const tag = ownTag()
  const json = jsonBlock()
  const global = window.crumbgateConfig
  const { options, problems } = collectOptions({ global, json, attributes: { ...tag?.dataset } })
  const consent = createConsent(options, { dialog: () => dialogIn(en), problems, nonce: tag?.nonce ?? '' })
  const run = (task: unknown) => {
    if (typeof task === 'function') guard(() => task(consent))
    else report('crumbgate.push() wants a function: crumbgate.push(function (consent) { })')
  }
  const push = (...tasks: unknown[]) => tasks.forEach(run)
  const destroy = () => {
    consent.destroy()
    // Does not throw where the page has declared it by `var`.
    Reflect.deleteProperty(window, 'crumbgate')
  }
  window.crumbgate = Object.freeze(Object.create(consent, { push: { value: push }, destroy: { value: destroy } }))
  if (Array.isArray(before)) push(...before)
  document.addEventListener('DOMContentLoaded', () => {
    if (json === undefined && jsonBlock() !== undefined) {
      report('the JSON block stands after the Crumbgate tag, so it was not read. Move it before the tag.')
    } else if (global === undefined && window.crumbgateConfig !== undefined) {
      report('window.crumbgateConfig was set after the Crumbgate tag, so it was not read. Set it before the tag.')
    }
  })
}

if (typeof document !== 'undefined') {
  if ('CSSLayerBlockRule' in window && 'adoptedStyleSheets' in document && 'HTMLDialogElement' in window) start()
  else report('this browser is too old for the dialog, so tagged scripts stay blocked.')
}
