import type { Config } from '../types'

/**
 * Whether the dialog is dark: now, and whenever the visitor changes the system's setting.
 * @returns ends it
 */
export function watchScheme(theme: Config['theme'], apply: (isDark: boolean) => void): () => void {
  const system = window.matchMedia?.('(prefers-color-scheme: dark)')
  const tell = () => apply(theme === 'auto' ? !!system?.matches : theme === 'dark')
  system?.addEventListener('change', tell)
  tell()
  return () => system?.removeEventListener('change', tell)
}
