export type * from '../types'
export { createConsent, type Parts } from './consent'
export { ConsentError } from './errors'
