import type { CompatOptions, Dialect } from './dialect'

/** vanilla-cookieconsent: `data-category` of version 3, `data-cookiecategory` of version 2. */
export const vanillaCookieConsent = (options: CompatOptions = {}): Dialect => ({
  name: 'vanilla-cookieconsent',
  selector: 'script[data-category], script[data-cookiecategory]',
  attributes: ['data-category', 'data-cookiecategory'],
  options,
  read(script) {
    const category = script.getAttribute('data-category') ?? script.getAttribute('data-cookiecategory') ?? ''
    return { categories: [category], service: script.getAttribute('data-service') }
  },
})
