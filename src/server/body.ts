import { Refusal } from './refusal'
import { within } from './within'

/**
 * The text of a request's body.
 * @param limit in bytes
 * @param patience milliseconds for all of it
 * @throws Refusal if it is longer (413), takes longer (408), breaks off or is not UTF-8 (400)
 */
export async function readBody({ headers, body }: Request, limit: number, patience: number): Promise<string> {
  const tooLong = () => new Refusal(413, `more than ${limit} bytes`)
  if (Number(headers.get('content-length') ?? 0) > limit) throw tooLong()
  if (!body) return ''
  const reader = body.getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (value?: Uint8Array) => {
    try {
      return decoder.decode(value, { stream: value !== undefined })
    } catch {
      throw new Refusal(400, 'not UTF-8')
    }
  }
  async function read(): Promise<string> {
    let text = ''
    let size = 0
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return text + decode()
      size += value.byteLength
      if (size > limit) throw tooLong()
      text += decode(value)
    }
  }
  try {
    return await within(patience, read(), () => new Refusal(408, `not here after ${patience} ms`))
  } catch (error) {
    // Whatever more there is, nobody reads it.
    reader.cancel().catch(() => {})
    throw error instanceof Refusal ? error : new Refusal(400, 'broken off')
  }
}
