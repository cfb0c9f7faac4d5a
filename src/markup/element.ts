type Value = string | boolean | undefined | ((event: Event) => void)

/**
 * Make an element. A function is a listener for the event of that name, `true` an attribute without a value, `false`
 * and `undefined` none. Texts become text nodes, so markup in them is never interpreted.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Value>>,
  ...children: readonly (Node | string | false | null | undefined)[]
): HTMLElementTagNameMap[Tag] {
  // Through the prototype: <img name=createElement> hides the method behind the element.
  const element = Document.prototype.createElement.bind(document)(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.filter((child) => typeof child === 'string' || child instanceof Node))
  return element
}

/** All elements of the page that a selector fits. Through the prototype, for the same reason. */
export const findAll = (selector: string): Element[] => [
  ...Document.prototype.querySelectorAll.call(document, selector),
]

/** A button; `data-crumb` is the name by which tests, analytics and an owner's styles find it. */
export const button = (crumb: string, label: string, click?: () => void) =>
  h('button', { type: click ? 'button' : 'submit', 'data-crumb': crumb, click }, label)

/** A round button with a drawn cross. */
export const cross = (label: string, click: () => void) =>
  h('button', { type: 'button', 'data-crumb': 'close', 'aria-label': label, click })
