'use client'

import { useConsent } from './useConsent'

export const State = () => <p id="state">{useConsent('marketing') ? 'allowed' : 'held'}</p>
