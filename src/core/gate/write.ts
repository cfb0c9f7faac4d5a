import { patch } from './patch'
import { isHeld, runningScript } from './scripts'

/**
 * Makes `document.write` of a script that runs late do what it would have done in time: what is written lands behind the
 * script, and nothing is wiped.
 */
export interface Writer {
  begin(): void
  /** A script has run. */
  finish(script: Element): void
  end(): void
}

/** What a script has written so far. */
interface Stream {
  /** A page without a window, whose parser takes markup in pieces and runs nothing. */
  readonly page: Document
  /** Stands where the next node goes. */
  marker: Text
  /** What came last, and may still grow. */
  last: Node | undefined
  /** The text since a script was last complete. */
  text: string
}

const IN_HEAD = /^(#text|#comment|script|style|link|meta|title|base|template|noscript)$/i

/**
 * @param counts whether the script's writing is looked after
 * @param found a script has written a script, which stands in its place and has not run
 */
export function createWriter(
  document: Document,
  counts: (script: Element) => boolean,
  found: (author: Element, script: HTMLScriptElement) => void,
): Writer {
  const streams = new Map<Element, Stream>()
  const seen = new WeakSet<Element>()
  /** Stands behind what scripts of the head have written into the body. */
  const top = new Text()
  let undo: (() => void)[] = []

  function streamOf(author: Element): Stream {
    const known = streams.get(author)
    if (known) return known
    const stream = {
      page: document.implementation.createHTMLDocument(),
      marker: new Text(),
      last: undefined,
      text: '',
    }
    author.after(stream.marker)
    streams.set(author, stream)
    return stream
  }

  /** Parsed where nothing runs, so as if scripts were switched off. */
  function silence(node: Node): void {
    if (!(node instanceof Element)) return
    for (const element of [node, ...node.querySelectorAll('noscript')])
      if (element.localName === 'noscript' && element.firstElementChild) element.textContent = element.innerHTML
  }

  /** Start the scripts in a part of the page that was written. */
  function look(node: Node | undefined, author: Element, open: Element | undefined): void {
    if (!(node instanceof Element)) return
    silence(node)
    for (const element of [node, ...node.querySelectorAll('script')]) {
      if (!(element instanceof HTMLScriptElement) || element === open || seen.has(element)) continue
      seen.add(element)
      // What waits for a choice is the gate's.
      if (!isHeld(element)) found(author, element)
    }
  }

  function write(author: Element, method: 'write' | 'writeln', parameters: unknown[]): void {
    const stream = streamOf(author)
    const { page } = stream
    // In the head, noscript would end at its first image.
    if (!stream.last && !stream.text && typeof parameters[0] === 'string') parameters[0] = `<body>${parameters[0]}`
    // Throws what it would have thrown, and takes TrustedHTML as it is.
    Reflect.apply(page[method], page, parameters)
    stream.text += parameters.join('').toLowerCase()
    const isOpen = stream.text.lastIndexOf('<script') > stream.text.lastIndexOf('</script')
    if (!isOpen) stream.text = stream.text.slice(-9)
    const nodes = [...(page.head?.childNodes ?? []), ...(page.body?.childNodes ?? [])]
    const candidates = [
      ...(stream.last instanceof Element ? stream.last.querySelectorAll('script') : []),
      ...page.querySelectorAll('script'),
    ]
    const open = isOpen ? candidates.at(-1) : undefined
    look(stream.last, author, open)
    for (const node of nodes) {
      // Left where it is until it is complete.
      if (node === open) break
      const { body } = document
      if (body && stream.marker.parentNode === document.head && !IN_HEAD.test(node.nodeName)) {
        if (!top.isConnected) body.prepend(top)
        top.before(stream.marker)
      }
      // In the page its images would be fetched.
      silence(node)
      stream.marker.before(node)
      stream.last = node
      look(node, author, open)
    }
  }

  return {
    begin() {
      const during = (name: string, act: (author: Element, parameters: unknown[]) => unknown) =>
        patch(document, name, (original) => (...parameters) => {
          const author = runningScript(document)
          return author && counts(author) ? act(author, parameters) : original(...parameters)
        })
      undo = [
        during('write', (author, parameters) => write(author, 'write', parameters)),
        during('writeln', (author, parameters) => write(author, 'writeln', parameters)),
        // While the page is parsed it does nothing.
        during('open', () => document),
      ]
    },
    finish(script) {
      streams.get(script)?.marker.remove()
      streams.delete(script)
    },
    end() {
      for (const step of undo) step()
      undo = []
      top.remove()
    },
  }
}
