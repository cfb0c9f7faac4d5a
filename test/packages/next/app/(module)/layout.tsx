import type { ReactNode } from 'react'
import { State } from '../State'

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <link rel="icon" href="data:," />
        <script suppressHydrationWarning type="text/plain" data-consent="marketing" src="/head.js" />
      </head>
      <body>
        <State />
        {children}
      </body>
    </html>
  )
}
