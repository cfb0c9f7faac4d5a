import type { Signal } from '../types'
import { createGoogle, type GoogleOptions } from './google'

/**
 * Google Consent Mode v2, and one event `crumbgate_update` in the data layer after each update, for triggers in Google Tag
 * Manager; its `crumbgate` holds each category as true or false.
 * https://support.google.com/tagmanager/answer/7679219, 2026-11-24
 */
export const googleTagManager = (options: GoogleOptions = {}): Signal =>
  createGoogle('gtm', options, (queue, { config, allows }) => {
    const crumbgate = Object.fromEntries(config.categories.map(({ key }) => [key, allows(key)]))
    queue.push({ event: 'crumbgate_update', crumbgate })
  })
