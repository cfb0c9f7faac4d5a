import type { Config, ConsentRecord, Grants, Signal, Signals } from '../types'

const NAME = /^[a-z][a-z0-9-]{0,31}$/

function isSignal(value: unknown): value is Signal {
  // A function has a name and `apply` too.
  if (typeof value !== 'object') return false
  const { name, categories = [], read, apply }: Partial<Record<keyof Signal, unknown>> = Object(value)
  return NAME.test(`${name}`) && Array.isArray(categories) && [read, apply].some((part) => typeof part === 'function')
}

/**
 * Put signals to work, as the `signals` of `createConsent`: `connect(googleConsentMode(), gpc())`. One that is wrong, or
 * writes where another does, is left out, and told.
 */
export function connect(...wanted: readonly Signal[]): Signals {
  const wrong: string[] = []
  const signals: Signal[] = []
  for (const [index, one] of wanted.entries()) {
    const other = signals.find(({ name, queue }) => name === one?.name || (queue && queue === one?.queue))
    if (!isSignal(one))
      wrong.push(`signals[${index}] is none. Write googleConsentMode(), or { name: "a-name", apply(state) { } }`)
    else if (other) wrong.push(`signals: write only one of "${one.name}" and "${other.name}", which do the same`)
    else signals.push(one)
  }

  const failed = new Set<Signal>()
  function attempt(signal: Signal, act: () => unknown): void {
    const fail = (error: unknown) => {
      if (failed.has(signal)) return
      failed.add(signal)
      const { name, queue } = signal
      const where = queue ? `: look at window.${queue}, which something else may use` : ''
      console.error(`crumbgate: the signal "${name}" does not work${where}. ${error}`)
    }
    try {
      // Also of one that promises.
      Promise.resolve(act()).catch(fail)
    } catch (error) {
      fail(error)
    }
  }

  let asking: Signal[] = []
  /** The categories that each refuses. */
  const refused = new Map<Signal, readonly string[]>()

  /** The grants that a signal leaves. */
  function without({ granted, services }: Grants, config: Config, signal: Signal): Grants {
    const isLeft = (key: string) => !refused.get(signal)?.includes(key)
    const left = config.services.map(({ key, category }) => [key, services[key] === true && isLeft(category)])
    return { granted: granted.filter(isLeft), services: Object.fromEntries(left) }
  }

  const refusing = (record: ConsentRecord | null) => asking.filter(({ name }) => !record?.signals.includes(name))

  return {
    start(config) {
      const problems = [...wrong]
      asking = signals.filter((signal) => {
        // What cannot be read may be a refusal.
        let asks = !!signal.read
        attempt(signal, () => {
          asks &&= signal.read?.() === true
        })
        return asks
      })
      const keys = config.categories.map(({ key }) => key)
      for (const signal of signals) {
        const { name, categories = keys } = signal
        const isRight = categories.length > 0 && categories.every((key) => keys.includes(key))
        // Rather everything than nothing.
        refused.set(signal, isRight ? categories : keys)
        if (!isRight)
          problems.push(
            `signals: the categories of "${name}" are ${JSON.stringify(categories)}. Write some of ${keys.join(', ')}`,
          )
      }
      // California's regulations, 11 CCR 7025: who has to say no can say so by the browser.
      if (config.regime === 'opt-out' && !signals.some(({ read }) => read)) {
        problems.push(
          'regime: "opt-out" needs a signal that reads what the browser asks for. Write gpc() among the signals',
        )
      }
      return problems
    },
    asking: () => asking.map(({ name }) => name),
    isRefusing: (record) => refusing(record).length > 0,
    refuse: (grants, record, config) =>
      refusing(record).reduce((left, signal) => without(left, config, signal), grants),
    honoured(grants, config) {
      const has = (signal: Signal) => {
        const { granted, services } = without(grants, config, signal)
        const isSame = ({ key }: { key: string }) => (grants.services[key] === true) === services[key]
        return granted.length === grants.granted.length && config.services.every(isSame)
      }
      return asking.find(has)?.name ?? null
    },
    tell(state) {
      for (const signal of signals) attempt(signal, () => signal.apply?.(state))
    },
    stop() {
      for (const signal of signals) attempt(signal, () => signal.stop?.())
    },
  }
}
