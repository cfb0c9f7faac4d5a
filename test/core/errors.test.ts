import { expect, it, vi } from 'vitest'
import { ConsentError, guard, report } from '../../src/core/errors'

it('says whose message it is', () => {
  const error = vi.spyOn(console, 'error').mockReturnValue()
  report('something')
  expect(error).toHaveBeenCalledWith('crumbgate: something')
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
