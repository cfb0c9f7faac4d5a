import { expect, it, vi } from 'vitest'
import { ConsentError, createReport, guard, report } from '../../src/core/errors'

it('says whose message it is', () => {
  const error = vi.spyOn(console, 'error').mockReturnValue()
  report('something')
  expect(error).toHaveBeenCalledWith('crumbgate: something')
  error.mockRestore()
})

it('says each message once', () => {
  const error = vi.spyOn(console, 'error').mockReturnValue()
  const once = createReport()
  for (const message of ['one', 'two', 'one']) once(message)
  expect(error.mock.calls).toEqual([['crumbgate: one'], ['crumbgate: two']])
  error.mockRestore()
})

it('is told from other errors by name', () => {
  expect(new ConsentError('x')).toMatchObject({ name: 'ConsentError', message: 'x' })
  expect(new ConsentError('x')).toBeInstanceOf(Error)
})

it('reports what foreign code throws, and goes on', () => {
  const reported = vi.fn()
  vi.stubGlobal('reportError', reported)
  guard(() => {
    throw new Error('theirs')
  })
  expect(reported).toHaveBeenCalledWith(new Error('theirs'))
  vi.unstubAllGlobals()
})
