import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { useConsent } from './useConsent'

const View = ({ name }: { name: string }) => (
  <section>
    <p id="view">{name}</p>
    <script type="text/plain" data-consent="marketing">{`(window.ran ||= []).push('${name}')`}</script>
    <iframe title="Film" data-consent="marketing" data-src="/film.html" />
  </section>
)

function App() {
  const allowed = useConsent('marketing')
  const [view, setView] = useState('first')
  return (
    <main>
      <p id="state">{allowed ? 'allowed' : 'held'}</p>
      <button type="button" id="second" onClick={() => setView('second')}>
        Second
      </button>
      <View key={view} name={view} />
      <button type="button" data-consent-open>
        Cookie settings
      </button>
    </main>
  )
}

const app = document.querySelector('#app')
if (app) {
  createRoot(app).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
