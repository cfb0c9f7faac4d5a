export type Method = (this: unknown, ...parameters: unknown[]) => unknown

/**
 * Put a function over an object's method for a while.
 * @param wrap gets what was there
 * @returns takes it away again, unless somebody else has put another one over it
 */
export function patch(target: object, name: string, wrap: (original: Method) => Method): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name)
  const original: unknown = Reflect.get(target, name)
  // <form name=write> hides the method behind the element.
  if (typeof original !== 'function') return () => {}
  const value = wrap((...parameters) => Reflect.apply(original, target, parameters))
  Reflect.defineProperty(target, name, { configurable: true, writable: true, value })
  return () => {
    if (Reflect.get(target, name) !== value) return
    if (before) Reflect.defineProperty(target, name, before)
    else Reflect.deleteProperty(target, name)
  }
}
