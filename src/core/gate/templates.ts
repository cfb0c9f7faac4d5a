import { hold } from './scripts'

/** Templates that are in the page, with the nodes that came of each. */
export interface Templates {
  isShown(template: HTMLTemplateElement): boolean
  /**
   * Put its content behind it.
   * @param found a script of it, held like the template
   */
  show(template: HTMLTemplateElement, found: (script: HTMLScriptElement) => void): void
  /** Take the content away again. */
  hide(template: HTMLTemplateElement): void
}

export function createTemplates(document: Document): Templates {
  const shown = new Map<HTMLTemplateElement, ChildNode[]>()
  return {
    isShown: (template) => shown.has(template),
    show(template, found) {
      const content = document.importNode(template.content, true)
      for (const script of content.querySelectorAll('script')) {
        if (script.hasAttribute('data-consent')) continue
        hold(script, template)
        found(script)
      }
      shown.set(template, [...content.childNodes])
      template.after(content)
    },
    hide(template) {
      for (const node of shown.get(template) ?? []) node.remove()
      shown.delete(template)
    },
  }
}
