/** What the names of receipts in localStorage begin with; after it come the seconds since 1970, which sorts them, and the id. */
export const receiptPrefix = (cookieName: string) => `${cookieName}.receipt.`
