// @vitest-environment jsdom
import { expect, it, vi } from 'vitest'
import { createConsent } from '../../src/core/consent'

// Component tests run where much of a browser is missing.
it('starts where there is no CSS.supports(), asks nobody, and can start again', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  for (const _ of [1, 2]) {
    const consent = createConsent({ auto: false })
    expect(consent.allows('marketing')).toBe(false)
    consent.accept()
    expect(consent.allows('marketing')).toBe(true)
    consent.reject()
    consent.destroy()
  }
  expect(error).not.toHaveBeenCalled()
})

it('never throws: what options throw is told once, and nothing is allowed', () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  error.mockClear()
  const consent = createConsent({
    get lang(): string {
      throw new Error('theirs')
    },
  })
  consent.accept()
  expect(consent.allows('marketing')).toBe(false)
  expect(error).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^crumbgate: .*theirs$/))
})
