/** Whether the name fits the pattern, in which `*` stands for any text. Linear, unlike a regular expression. */
export function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*')
  let at = 0
  return parts.every((part, index) => {
    // The last part stands at the end, the others wherever they come next, the first one only at the start.
    const found = index === parts.length - 1 ? Math.max(at, name.length - part.length) : name.indexOf(part, at)
    at = found + part.length
    return (index ? found >= 0 : found === 0) && name.startsWith(part, found)
  })
}
