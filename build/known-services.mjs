/** Leave of the ready-made services what the debug panel compares: no titles, companies and purposes. */
export function knownServices() {
  return {
    name: 'known-services',
    transform: (code, id) =>
      /\/services\/[\w-]+\.ts$/.test(id)
        ? {
            code: code.replace(/^ {2}(title|provider|purpose|signal|lifetimes): ?[\s\S]*?,\n(?= {2}\w|\})/gm, ''),
            map: null,
          }
        : null,
  }
}
