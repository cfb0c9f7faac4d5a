import type { CompatOptions, Dialect } from './dialect'

/** Cookiebot: `data-cookieconsent` with categories, `data-cookieblock-src` with the address. */
export const cookiebot = (options: CompatOptions = {}): Dialect => ({
  name: 'cookiebot',
  selector: '[data-cookieconsent]',
  attributes: ['data-cookieconsent', 'data-cookieblock-src'],
  options,
  read(element) {
    const categories = (element.getAttribute('data-cookieconsent') ?? '').split(/[\s,]+/).filter(Boolean)
    return categories.includes('ignore') ? undefined : { categories, source: 'data-cookieblock-src' }
  },
})
