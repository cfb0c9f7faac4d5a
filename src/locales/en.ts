import type { Locale } from '../types'

export const en: Locale = {
  lang: 'en',
  dir: 'ltr',
  texts: {
    title: 'We use cookies',
    intro:
      'Some are needed for this site to work. Others are optional, and you decide about them. You can change your choice at any time.',
    policy: 'Privacy policy',
    accept: 'Accept all',
    reject: 'Reject all',
    settings: 'Settings',
    save: 'Save choices',
    close: 'Close',
    preferencesTitle: 'Your cookie settings',
    preferencesIntro: 'Allow what you like, refuse what you do not. The site works either way.',
    alwaysOn: 'Always on',
    services: 'Services ({n})',
    stores: 'Stores {names}',
    saved: 'Your choice has been saved.',
    necessary: 'Necessary',
    necessaryText: 'Needed for the site to work, such as keeping you signed in or remembering this choice.',
    functional: 'Functional',
    functionalText: 'Extra features and comfort, such as maps, chat or remembered settings.',
    performance: 'Performance',
    performanceText: 'Show us which pages are used and where something fails, so that we can improve them.',
    marketing: 'Marketing',
    marketingText: 'Let us and our partners show you offers that fit your interests, and embed films and posts.',
  },
}
