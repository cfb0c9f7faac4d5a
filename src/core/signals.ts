import type { ConsentRecord, Signal, SignalState } from '../types'
import { report } from './errors'

/** The vendors' and the browser's signals. */
export interface Signals {
  /** Names of those by which the browser asks for an opt-out. */
  readonly names: readonly string[]
  /** Of these the ones that count: the visitor has not decided while they were there. */
  honoured(record: ConsentRecord | null): Signal[]
  /** Tell the vendors. */
  tell(state: SignalState): void
}

export function createSignals(signals: readonly Signal[]): Signals {
  const failed = new Set<Signal>()
  function attempt<T>(signal: Signal, act: () => T): T | undefined {
    try {
      return act()
    } catch (error) {
      if (!failed.has(signal)) {
        const { name, queue } = signal
        report(
          `the signal "${name}" does not work${queue ? `: look at window.${queue}, which something else may use` : ''}. ${error}`,
        )
      }
      failed.add(signal)
      return undefined
    }
  }

  // What cannot be read may be a refusal.
  const asking = signals.filter((signal) => signal.read && (attempt(signal, () => signal.read?.()) ?? true))
  return {
    names: asking.map(({ name }) => name),
    honoured: (record) => asking.filter(({ name }) => !record?.signals.includes(name)),
    tell(state) {
      for (const signal of signals) attempt(signal, () => signal.apply?.(state))
    },
  }
}
