import type { CompatOptions, Dialect } from './dialect'

/** OneTrust: a class such as `optanon-category-C0002`, or `optanon-category-C0002-C0004` for both. */
export const oneTrust = (options: CompatOptions = {}): Dialect => ({
  name: 'onetrust',
  selector: '[class*=optanon-category-]',
  attributes: ['class'],
  options,
  read(element) {
    const [, groups = ''] = /(?:^|\s)optanon-category-([\w-]+)/.exec(element.getAttribute('class') ?? '') ?? []
    return { categories: groups.split('-') }
  },
})
