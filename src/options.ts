/** The places where a site owner can write options for the script build. */
export interface Sources {
  /** `window.crumbgateConfig` */
  readonly global: unknown
  /** Text of the JSON block, `undefined` if there is none. */
  readonly json: string | undefined
  /** The script tag's `dataset`. */
  readonly attributes: Readonly<Record<string, string | undefined>>
}

// What frameworks, optimisers and CDNs put on script tags for themselves.
const FOREIGN =
  /^(cf|turbo|astro|no[A-Z]|nosnippet$|noptimize$|nscript|n[A-Z]|wp|rocket|pagespeed|precedence|gatsby|optimi|minif|nitro|vite|jetpack|swup|pjax$|cookieconsent$|skip[A-Z]|rh$|hid$)/

/** `on`, `off` and numbers as what they mean, anything else as text. */
function meaningOf(text: string): unknown {
  if (/^(on|true|)$/.test(text)) return true
  if (/^(off|false)$/.test(text)) return false
  return /^\d{1,9}$/.test(text) ? Number(text) : text
}

/**
 * Put the sources together: attributes beat the JSON block, which beats the global.
 * @returns unchecked options, and what could not be read at all
 */
export function collectOptions({ global, json, attributes }: Sources): {
  options: Record<string, unknown>
  problems: string[]
} {
  const problems: string[] = []
  const layers: [string, unknown][] = [['window.crumbgateConfig', global]]
  if (json !== undefined) {
    try {
      layers.push(['the JSON block', JSON.parse(json)])
    } catch (error) {
      problems.push(
        `the JSON block cannot be read (${error}). Write: <script type="application/json" data-crumbgate>{ "policy": "/privacy" }</script>`,
      )
    }
  }
  // Entries, not assignments: a key called __proto__ must arrive as a key, and be refused with the others.
  const merged = new Map<string, unknown>()
  for (const [option, value] of layers) {
    if (value === undefined) continue
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, own] of Object.entries(value)) merged.set(key, own)
    } else {
      problems.push(`${option} is not an object. Write: { "policy": "/privacy" }`)
    }
  }
  for (const [name, text] of Object.entries(attributes)) {
    if (text === undefined || FOREIGN.test(name)) continue
    if (typeof merged.get(name) === 'object') {
      problems.push(
        `${name}: data-${name} on the tag would replace what is configured before it. Write all of it there`,
      )
    } else merged.set(name, meaningOf(text))
  }
  return { options: Object.fromEntries(merged), problems }
}
