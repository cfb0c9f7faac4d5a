import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatRecord, grants, parseRecord } from '../../src/core/record'
import { c15t, cookiebot, cookieYes, importFrom, klaro, oneTrust, vanillaCookieConsent } from '../../src/import/index'
import { config, mutated } from './arbitrary'
import { PATIENCE, runs } from './runs'

const NOW = Date.now()
const AT = NOW - 86_400_000
const DATE = new Date(AT).toISOString()
const IMPORTERS = { vanillaCookieConsent, klaro, c15t, cookiebot, oneTrust, cookieYes }
/** Refusals. */
const STORED: Record<keyof typeof IMPORTERS, string> = {
  vanillaCookieConsent: `{"categories":["necessary"],"revision":0,"consentTimestamp":"${DATE}","consentId":"a","services":{"necessary":[],"analytics":[]},"lastConsentTimestamp":"${DATE}","expirationTime":${NOW + 1e9}}`,
  klaro: '{"films":false,"ads":false,"visits":false}',
  c15t: `c.necessary:1,i.t:${AT},i.sid:sub_a`,
  cookiebot: `{stamp:'a',necessary:true,preferences:false,statistics:false,marketing:false,method:'explicit',ver:1,utc:${AT}}`,
  oneTrust: 'interactionCount=1&groups=C0001:1,C0002:0,C0003:0,C0004:0',
  cookieYes: 'consentid:a,consent:no,action:yes,necessary:yes,functional:no,analytics:no,advertisement:no',
}
const english = { ...config, lang: 'en' }
const take = (tool: keyof typeof IMPORTERS, text: string) => {
  const importer = IMPORTERS[tool]()
  const read = (name: string) => (name === importer.keys[0] ? [text] : name === 'OptanonAlertBoxClosed' ? [DATE] : [])
  return importFrom(importer)({ read, remove: () => {} }, english, () => {}, undefined)?.record
}
const TOOLS = ['vanillaCookieConsent', 'klaro', 'c15t', 'cookiebot', 'oneTrust', 'cookieYes'] as const

it('a refusal is taken over from each tool', () => {
  for (const tool of TOOLS) {
    const record = take(tool, STORED[tool])
    expect(record && grants(record), tool).toBe(false)
  }
})

it(
  'what becomes of it is a choice that our cookie can hold, or none; nothing throws (SEC 4)',
  () => {
    const texts = fc.constantFrom(...TOOLS).chain((tool) =>
      fc
        .oneof(
          mutated(fc.constant(STORED[tool])).map(({ after }) => after),
          fc.string({ unit: 'binary' }),
          fc.json(),
        )
        .map((text) => ({ tool, text })),
    )
    fc.assert(
      fc.property(texts, ({ tool, text }) => {
        const record = take(tool, text)
        if (!record) return
        expect(parseRecord(formatRecord(record), Date.now())).toEqual(record)
        expect(record.updatedAt).toBeLessThanOrEqual(Date.now())
        expect(record.until).toBeGreaterThan(NOW)
      }),
      runs(0.5),
    )
  },
  PATIENCE,
)
