import { guard } from '../errors'
import { patch } from './patch'
import { runningScript } from './scripts'

/** Each event, and the time of it: https://w3c.github.io/navigation-timing/#dom-performancenavigationtiming */
const MOMENTS = {
  readystatechange: 'domComplete',
  DOMContentLoaded: 'domContentLoadedEventStart',
  load: 'loadEventStart',
} as const
type Moment = keyof typeof MOMENTS

const isMoment = (type: unknown): type is Moment => typeof type === 'string' && Object.hasOwn(MOMENTS, type)

function isOver(type: Moment): boolean {
  const [page] = performance.getEntriesByType('navigation')
  return page instanceof PerformanceNavigationTiming && page[MOMENTS[type]] > 0
}

/** Calls the listeners that a script registers too late because it was held. Those of the page are not called again. */
export interface Replay {
  /** Watch for registrations. */
  begin(): void
  /** Look at what a script has assigned, such as `window.onload`; call it before the script and after it. */
  look(isAfter: boolean): void
  /** Call those that came too late, in the order in which their events came. */
  call(): void
  end(): void
}

/** @param counts whether registrations by this script are looked at */
export function createReplay(document: Document, window: Window, counts: (script: Element) => boolean): Replay {
  type Late = { type: Moment; target: EventTarget; listener: unknown; isHandler: boolean }
  let late: Late[] = []
  let undo: (() => void)[] = []
  let assigned: unknown[] = []

  const add = (type: unknown, target: EventTarget, listener: unknown, isHandler = false) => {
    // `load` is the window's and `readystatechange` the document's.
    if (isMoment(type) && (type === 'DOMContentLoaded' || (type === 'load') === (target === window)) && isOver(type)) {
      // The browser keeps a listener once, and one handler.
      const isSame = (one: Late) =>
        one.type === type && one.target === target && (isHandler ? one.isHandler : one.listener === listener)
      late = [...late.filter((one) => !isSame(one)), { type, target, listener, isHandler }]
    }
  }

  function watch(target: EventTarget): void {
    undo.push(
      patch(target, 'addEventListener', (original) => (...parameters) => {
        original(...parameters)
        const script = runningScript(document)
        if (script && counts(script)) add(parameters[0], target, parameters[1])
      }),
      patch(target, 'removeEventListener', (original) => (...parameters) => {
        original(...parameters)
        late = late.filter(
          (entry) => entry.target !== target || entry.type !== parameters[0] || entry.listener !== parameters[1],
        )
      }),
    )
  }

  return {
    begin() {
      watch(document)
      watch(window)
    },
    look(isAfter) {
      const now = [document.onreadystatechange, window.onload]
      if (isAfter && now[0] !== assigned[0]) add('readystatechange', document, now[0], true)
      if (isAfter && now[1] !== assigned[1]) add('load', window, now[1], true)
      assigned = now
    },
    call() {
      const order = Object.keys(MOMENTS)
      late.sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type))
      for (let entry = late.shift(); entry; entry = late.shift()) {
        const { type, target, listener } = entry
        const event = new Event(type, { bubbles: type === 'DOMContentLoaded' })
        Object.defineProperties(event, { target: { value: document }, currentTarget: { value: target } })
        guard(() => {
          if (typeof listener === 'function') listener.call(target, event)
          else if (typeof listener === 'object' && listener) Reflect.get(listener, 'handleEvent').call(listener, event)
        })
      }
    },
    end() {
      for (const step of undo) step()
      undo = []
    },
  }
}
