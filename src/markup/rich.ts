import { h } from './element'

// [text](address), **text** or *text*
const MARKUP = /\[([^[\]]+)\]\(([^()\s]+)\)|\*\*(?! )([^*]+)(?<! )\*\*|\*(?! )([^*]+)(?<! )\*/g
// http, https, mailto or relative: no colon before the path, the query or the fragment.
const SAFE = /^(https?:|mailto:|[/?#]|[^:/?#]*([/?#]|$))/i

/**
 * A sentence with links and emphasis, as nodes: the only markup that texts may hold. An address that is not `http(s)`,
 * `mailto` or relative gives no link, only its text.
 */
export function rich(text: string): (Node | string)[] {
  const nodes: (Node | string)[] = []
  let end = 0
  for (const match of text.matchAll(MARKUP)) {
    const [whole, label, address = '', strong, light = ''] = match
    nodes.push(text.slice(end, match.index))
    if (label) nodes.push(SAFE.test(address) ? h('a', { href: address, rel: 'noopener' }, label) : label)
    else nodes.push(strong ? h('strong', {}, strong) : h('em', {}, light))
    end = match.index + whole.length
  }
  return [...nodes, text.slice(end)]
}
