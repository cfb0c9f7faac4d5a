/** Of the package; the build fills it in. */
declare const VERSION: string

// The rest is not in TypeScript's DOM library yet.

// https://wicg.github.io/scheduling-apis/#sec-scheduler
interface Scheduler {
  yield?(): Promise<void>
}
declare var scheduler: Scheduler | undefined

// https://w3c.github.io/trusted-types/dist/spec/#trusted-type-policy-factory. What a policy makes is used as the text
// that it stands for.
interface TrustedTypePolicy {
  createHTML(text: string): string
  createScript(text: string): string
  createScriptURL(text: string): string
}
interface TrustedTypePolicyFactory {
  createPolicy(name: string, rules: TrustedTypePolicy): TrustedTypePolicy
}
declare var trustedTypes: TrustedTypePolicyFactory | undefined

interface Document {
  // https://html.spec.whatwg.org/#dom-document-prerendering
  readonly prerendering?: boolean
}
