import { all, type Importer, type ImportOptions, parse, part, texts } from './importer'

const time = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : Number.NaN)

/** vanilla-cookieconsent, versions 2 and 3: JSON in `cc_cookie`, or in the local storage. */
export const vanillaCookieConsent = (options: ImportOptions = {}): Importer => ({
  tool: 'vanilla-cookieconsent',
  keys: [options.name ?? 'cc_cookie'],
  days: 182,
  options,
  read(text) {
    const stored = parse(text)
    const { revision } = stored
    // Version 2 before 2.9 has `level` alone.
    const accepted = all(texts(stored.categories ?? stored.level))
    if (typeof stored.consentId === 'string') {
      // Every category is in there, with the services that were allowed.
      const services = part(stored, 'services')
      const { expirationTime } = stored
      return {
        at: time(stored.lastConsentTimestamp),
        ...(typeof expirationTime === 'number' && { until: expirationTime }),
        categories: { ...Object.fromEntries(Object.keys(services).map((name) => [name, false])), ...accepted },
        services: all(Object.values(services).flatMap(texts)),
        listed: Object.fromEntries(Object.entries(services).map(([name, found]) => [name, texts(found)])),
        revision,
      }
    }
    if (!Object.keys(accepted).length) return null
    const said = stored.last_consent_update ?? stored.consent_date
    return { ...(said !== undefined && { at: time(said) }), categories: accepted, isWhole: true, revision }
  },
})
