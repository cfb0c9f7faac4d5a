/** Why a body is not taken, as an HTTP status. */
export class BodyError extends Error {
  readonly status: 400 | 408 | 413
  constructor(status: 400 | 408 | 413, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * The text of a request's body.
 * @param limit in bytes
 * @param patience milliseconds for all of it
 * @throws BodyError if it is longer, takes longer, breaks off or is not UTF-8
 */
export async function readBody({ headers, body }: Request, limit: number, patience: number): Promise<string> {
  if (Number(headers.get('content-length') ?? 0) > limit) throw new BodyError(413, `more than ${limit} bytes`)
  if (!body) return ''
  const reader = body.getReader()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BodyError(408, `not here after ${patience} ms`)), patience)
  })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (value?: Uint8Array) => {
    try {
      return decoder.decode(value, { stream: value !== undefined })
    } catch {
      throw new BodyError(400, 'not UTF-8')
    }
  }
  let text = ''
  let size = 0
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) return text + decode()
      size += value.byteLength
      if (size > limit) throw new BodyError(413, `more than ${limit} bytes`)
      text += decode(value)
    }
  } catch (error) {
    // Whatever more there is, nobody reads it.
    reader.cancel().catch(() => {})
    throw error instanceof BodyError ? error : new BodyError(400, 'broken off')
  } finally {
    clearTimeout(timer)
  }
}
