/**
 * The script tag that a file of ours has been loaded by.
 * @param file its name as published
 */
export function ownTag(file: string): HTMLScriptElement | null {
  // Through the prototypes: <img name=currentScript> hides the property behind the element.
  const current: unknown = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript')?.get?.call(document)
  if (current instanceof HTMLScriptElement) return current
  // Loaded as a module, where there is no current script.
  const tag = Document.prototype.querySelector.call(document, `script[src$="/${file}"],script[src="${file}"]`)
  return tag instanceof HTMLScriptElement ? tag : null
}
