// What the gallery wants to see, from the address.
const {
  state = 'banner',
  look = 'ink',
  number = '0',
  gpc,
  ...options
} = Object.fromEntries(new URLSearchParams(location.search))
document.documentElement.dataset.look = look
document.documentElement.dataset.state = state

// As a server does for a browser that asks for an opt-out.
if (gpc) document.head.insertAdjacentHTML('beforeend', '<meta name="sec-gpc" content="1">')

window.crumbgateConfig = {
  policy: 'https://rye-and-ember.example/privacy',
  ...options,
  // Each frame decides for itself.
  cookieName: `gallery-${number}`,
  auto: false,
  ...(gpc && { signals: ['gpc'] }),
  ...(state === 'receipts' && { receipts: true }),
  services: {
    session: {
      category: 'necessary',
      title: 'Basket',
      purpose: 'Keeps what you put into it.',
      cookies: ['basket'],
      lifetimes: { basket: 0 },
    },
    visits: {
      category: 'performance',
      title: 'Visits',
      provider: 'Countly Ltd',
      purpose: 'Counts which pages are read, and where visitors get stuck.',
      cookies: ['cly_id'],
      localStorage: ['cly_*'],
      lifetimes: { cly_id: 365 },
    },
    films: {
      category: 'marketing',
      title: 'Films',
      provider: 'Films Ltd',
      purpose: 'Shows our films, and learns which of them you watch.',
      cookies: ['_film', '_film_seen'],
      lifetimes: { _film: 90, _film_seen: 730 },
    },
    offers: {
      category: 'marketing',
      title: 'Offers',
      provider: 'Mixpanel Inc.',
      purpose: 'Tells us which advertisement brought you here.',
      cookies: ['mp_*'],
      lifetimes: { 'mp_*': 365 },
    },
  },
}

window.crumbgate = [
  (consent) => {
    if (state === 'banner') consent.open('banner')
    if (!['preferences', 'expanded', 'mixed', 'receipts'].includes(state)) return
    if (state === 'receipts') consent.save({ performance: true })
    if (state === 'mixed') consent.save({ performance: true }, { films: true })
    consent.open('preferences')
  },
]

/** What is unfolded once it is there. */
const UNFOLDED = {
  expanded: '[data-crumb=preferences] details',
  mixed: '[data-crumb=preferences] details',
  receipts: '[data-crumb=receipts]',
}

document.addEventListener('crumbgate:open', () => {
  const selector = UNFOLDED[state]
  if (!selector) return
  const timer = setInterval(() => {
    const all = document.querySelectorAll(selector)
    if (all.length) clearInterval(timer)
    for (const details of all) details.open = true
    // Of its own, since scrollIntoView() would move the gallery too.
    if (state === 'receipts') all[0]?.closest('[data-crumb=body]').scrollTo(0, 10_000)
  }, 50)
})
