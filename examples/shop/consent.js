// The shop's answer to "which cookies, and what for?", once for all its pages.
// biome-ignore format: one line a trace reads better
window.crumbgateConfig = {
  policy: '/shop/privacy.html',
  services: {
    countly: {
      category: 'functional',
      title: 'Countly',
      provider: 'Countly Ltd',
      purpose: 'Lets you rate recipes and remembers what you rated.',
      localStorage: ['cly_*', 'rye-and-ember/cly_*'],
    },
    posthog: {
      category: 'performance',
      title: 'PostHog',
      provider: 'PostHog Inc.',
      purpose: 'Counts which pages are read and where visitors get stuck.',
      cookies: ['ph_*', '__ph_*'],
      lifetimes: { 'ph_*': 365, '__ph_*': 365 },
      localStorage: ['ph_*', '__ph_*', '_ph_*'],
      sessionStorage: ['ph_*', '__ph_*', '_ph_*'],
    },
    amplitude: {
      category: 'performance',
      title: 'Amplitude',
      provider: 'Amplitude Inc.',
      purpose: 'Measures how many visitors finish an order.',
      cookies: ['AMP_*'],
      lifetimes: { 'AMP_*': 365 },
      localStorage: ['AMP_*'],
      sessionStorage: ['AMP_*'],
      indexedDB: ['AMP_*'],
    },
    mixpanel: {
      category: 'marketing',
      title: 'Mixpanel',
      provider: 'Mixpanel Inc.',
      purpose: 'Tells us which advertisement brought you here.',
      cookies: ['mp_*', '__mp*'],
      lifetimes: { 'mp_*': 365, '__mp*': 365 },
      localStorage: ['mp_*', '__mp*'],
      sessionStorage: ['mp_*', '__mp*'],
      indexedDB: ['mixpanel*'],
    },
    films: {
      category: 'marketing',
      title: 'Bakery films',
      provider: 'Third-Party Films',
      purpose: 'Shows the film on our home page and learns that you watched it.',
    },
  },
}
