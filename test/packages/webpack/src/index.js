import { createConsent } from 'crumbgate'

const consent = createConsent({ policy: '/privacy' })
const state = document.querySelector('#state')
const show = () => {
  state.textContent = consent.allows('marketing') ? 'allowed' : 'held'
}
consent.subscribe(show)
show()
