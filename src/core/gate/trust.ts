const same = (text: string) => text
const PLAIN: TrustedTypePolicy = { createHTML: same, createScript: same, createScriptURL: same }

let policy: TrustedTypePolicy | undefined

/**
 * What makes texts of the page's own markup acceptable where Trusted Types are required. Made when it is first needed:
 * only elements that have to be made anew, and `srcdoc`, need it. A policy that the page does not allow is no policy.
 */
export function trust(): TrustedTypePolicy {
  if (!policy) {
    try {
      policy = globalThis.trustedTypes?.createPolicy('crumbgate', PLAIN)
    } catch {
      // The browser says so on the console; without the requirement plain texts do.
    }
    policy ??= PLAIN
  }
  return policy
}
