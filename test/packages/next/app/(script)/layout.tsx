import type { ReactNode } from 'react'
import { ScriptState } from '../ScriptState'

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <link rel="icon" href="data:," />
        {/* Not async, and not next/script, so that it is there before whatever follows. */}
        <script src="/crumbgate/crumbgate.js" data-policy="/privacy" />
        <script suppressHydrationWarning type="text/plain" data-consent="marketing" src="/head.js" />
      </head>
      <body>
        <ScriptState />
        {children}
      </body>
    </html>
  )
}
