import type { ConsentRecord, Signal, SignalState } from '../types'
import { report } from './errors'

/** The vendors' and the browser's signals. */
export interface Signals {
  /** Those by which the browser asks for an opt-out. */
  readonly asking: readonly Signal[]
  /** Of these the ones that refuse: the visitor has not decided while they were there. */
  refusing(record: ConsentRecord | null): Signal[]
  /** Tell the vendors. */
  tell(state: SignalState): void
  stop(): void
}

export function createSignals(signals: readonly Signal[]): Signals {
  const failed = new Set<Signal>()
  function attempt<T>(signal: Signal, act: () => T): T | undefined {
    const fail = (error: unknown) => {
      if (failed.has(signal)) return
      failed.add(signal)
      const { name, queue } = signal
      const where = queue ? `: look at window.${queue}, which something else may use` : ''
      report(`the signal "${name}" does not work${where}. ${error}`)
    }
    try {
      const result = act()
      // Also of one that promises.
      Promise.resolve(result).catch(fail)
      return result
    } catch (error) {
      fail(error)
      return undefined
    }
  }

  const asking = signals.filter((signal) => {
    // What cannot be read may be a refusal.
    let asks = !!signal.read
    attempt(signal, () => {
      asks &&= signal.read?.() === true
    })
    return asks
  })
  return {
    asking,
    refusing: (record) => asking.filter(({ name }) => !record?.signals.includes(name)),
    tell(state) {
      for (const signal of signals) attempt(signal, () => signal.apply?.(state))
    },
    stop() {
      for (const signal of signals) attempt(signal, () => signal.stop?.())
    },
  }
}
