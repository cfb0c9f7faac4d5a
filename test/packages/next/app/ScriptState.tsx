'use client'

import type { CrumbgateGlobal } from 'crumbgate/script'
import { useSyncExternalStore } from 'react'

const consent = () => window.crumbgate as CrumbgateGlobal

export const ScriptState = () => {
  const allowed = useSyncExternalStore(
    (listener) => consent().subscribe(listener),
    () => consent().allows('marketing'),
    () => false,
  )
  return <p id="state">{allowed ? 'allowed' : 'held'}</p>
}
