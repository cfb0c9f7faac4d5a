import type { ConsentRecord, Listener } from '../types'
import { guard } from './errors'

/** The current choice and those who want to hear of it. */
export interface Store {
  get(): ConsentRecord | null
  /** @param isHere whether it was decided on this page */
  set(choice: ConsentRecord | null, isHere?: boolean): void
  subscribe(listener: Listener): () => void
}

export function createStore(): Store {
  let current: ConsentRecord | null = null
  // Wrapped, so that the same function can subscribe twice and leave once.
  const listeners = new Set<{ call: Listener }>()
  return {
    get: () => current,
    set(choice, isHere = false) {
      current = choice
      for (const { call } of [...listeners]) {
        // A listener that decides again has told the others already.
        if (current === choice) guard(() => call(choice, isHere))
      }
    },
    subscribe(listener) {
      const entry = { call: listener }
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
  }
}
