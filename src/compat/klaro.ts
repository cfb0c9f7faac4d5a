import type { CompatOptions, Dialect } from './dialect'

const ANY = ['script', 'iframe', 'img', 'video', 'audio', 'source', 'embed', 'object', 'link']

/** Klaro: `data-name` with the service; old scripts with a type of its own. */
export const klaro = (options: CompatOptions = {}): Dialect => ({
  name: 'klaro',
  selector: ANY.map((name) => `${name}[data-name]`).join(),
  attributes: ['data-name'],
  options,
  read(element) {
    // Elsewhere the attribute can mean anything.
    const isHeld = element.matches(
      'script:is([type="text/plain"], [type=opt-in]), :not(script):is([data-src], [data-href])',
    )
    return isHeld ? { service: element.getAttribute('data-name') } : undefined
  },
})
