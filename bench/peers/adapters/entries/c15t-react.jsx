import { ConsentBanner, ConsentDialog, ConsentManagerProvider, useConsentManager } from '@c15t/react'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'

function Frames() {
  const manager = useConsentManager()
  window.c15t = manager
  useEffect(() => {
    manager.initializeIframeBlocker()
  }, [manager.initializeIframeBlocker])
  return null
}

window.startC15t = (scripts) => {
  const root = document.body.appendChild(document.createElement('div'))
  createRoot(root).render(
    <ConsentManagerProvider
      options={{
        mode: 'offline',
        consentCategories: ['necessary', 'measurement', 'functionality', 'marketing'],
        overrides: { country: 'DE' },
        scripts,
      }}
    >
      <ConsentBanner />
      <ConsentDialog />
      <Frames />
    </ConsentManagerProvider>,
  )
}
