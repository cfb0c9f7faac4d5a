import type { Facts, Rule } from '../facts'
import type { Finding, Severity } from '../report'
import { hintFindings } from './hints'
import { linkFindings } from './links'
import { lookFindings } from './look'
import { messageFindings } from './messages'
import { nonceFindings } from './nonce'
import { noscriptFindings } from './noscript'
import { optimiserFindings } from './optimisers'
import { placeFindings } from './place'
import { requestFindings } from './requests'
import { serviceFindings } from './services'
import { storageFindings } from './storage'
import { tagFindings, unmarkedFindings } from './tags'
import { toolFindings } from './tools'

const RULES: readonly Rule[] = [
  messageFindings,
  placeFindings,
  toolFindings,
  optimiserFindings,
  nonceFindings,
  tagFindings,
  unmarkedFindings,
  requestFindings,
  hintFindings,
  noscriptFindings,
  storageFindings,
  lookFindings,
  serviceFindings,
  linkFindings,
]

const ORDER: readonly Severity[] = ['error', 'warning', 'note']

/** All that is to be mended, the worst first. */
export const findingsOf = (facts: Facts): Finding[] =>
  RULES.flatMap((rule) => rule(facts)).sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
