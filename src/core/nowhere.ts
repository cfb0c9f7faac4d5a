import type { Config, Consent, Grants, Signals } from '../types'
import { permits } from './record'

export const nothing = () => {}

export const NONE: Grants = { granted: [], services: {} }

/** Where there are no signals. */
export const SILENT: Signals = {
  start: () => [],
  asking: () => [],
  isRefusing: () => false,
  refuse: (found) => found,
  honoured: () => null,
  tell: nothing,
  stop: nothing,
}

/** Where there is no page, as on a server, or Crumbgate cannot start: nothing is allowed, nothing happens. */
export const nowhere = (config: Config): Consent => ({
  config,
  choice: null,
  needsChoice: true,
  honoured: null,
  allows: (category, service) => permits(NONE, config, category, service),
  accept: nothing,
  reject: nothing,
  save: nothing,
  withdraw: nothing,
  open: nothing,
  close: nothing,
  subscribe: () => nothing,
  when: () => new Promise(nothing),
  destroy: nothing,
})
