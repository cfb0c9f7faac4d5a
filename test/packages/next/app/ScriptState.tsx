'use client'

import type {} from 'crumbgate/script'
import { useSyncExternalStore } from 'react'

/** Not there where the script was blocked; then nothing is allowed. */
const consent = () => (window.crumbgate && 'allows' in window.crumbgate ? window.crumbgate : undefined)

const subscribe = (listener: () => void) => consent()?.subscribe(listener) ?? (() => {})

const useConsent = (category: string): boolean =>
  useSyncExternalStore(
    subscribe,
    () => consent()?.allows(category) ?? false,
    () => false,
  )

export const ScriptState = () => <p id="state">{useConsent('marketing') ? 'allowed' : 'held'}</p>
