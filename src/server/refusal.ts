/** An answer that says no. */
export class Refusal extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** For the owner's log alone. */
  readonly detail: string
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}, detail = '') {
    super(message)
    this.status = status
    this.headers = headers
    this.detail = detail
  }

  /** For the owner's log. */
  get line(): string {
    return this.message + this.detail
  }
}

/** Whatever was thrown, as an answer. */
export const refusalOf = (error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal(500, 'failed', {}, `: ${error}`)
