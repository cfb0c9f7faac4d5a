import { hold } from './scripts'

/** Templates that are in the page, with the nodes that came of each. */
export interface Templates {
  isShown(template: HTMLTemplateElement): boolean
  /**
   * Put its content behind it.
   * @param found a script of it, held; and whether it was born of innerHTML
   */
  show(template: HTMLTemplateElement, found: (script: HTMLScriptElement, isStillborn: boolean) => void): void
  /** Take the content away again. */
  hide(template: HTMLTemplateElement): void
}

/**
 * What a held template has other servers asked for all the same: Firefox fetches what stands in the templates of a page.
 * https://bugzilla.mozilla.org/show_bug.cgi?id=1441044
 */
export const eagerIn = ({ content }: HTMLTemplateElement): Element[] =>
  [...content.querySelectorAll('script:not([type="text/plain"]),img,source,link')].filter((element) =>
    ['src', 'srcset', 'href'].some((name) => {
      const [, host] = /^(?:https?:)?\/\/([^/]+)/.exec(`${element.getAttribute(name)}`) ?? []
      return host && host !== location.host
    }),
  )

export function createTemplates(document: Document): Templates {
  const shown = new WeakMap<HTMLTemplateElement, ChildNode[]>()
  return {
    isShown: (template) => shown.has(template),
    show(template, found) {
      const content = document.importNode(template.content, true)
      const originals = template.content.querySelectorAll('script')
      content.querySelectorAll('script').forEach((script, index) => {
        if (!script.hasAttribute('data-consent')) hold(script, template)
        // A copy does not show it: the parser's read true there, those of innerHTML false.
        found(script, originals[index]?.async === false)
      })
      shown.set(template, [...content.childNodes])
      template.after(content)
    },
    hide(template) {
      for (const node of shown.get(template) ?? []) node.remove()
      shown.delete(template)
    },
  }
}
