/** Fresh, unguessable ids as a service, so that tests can foresee them. */
export interface IdSource {
  /** A new id, such as `run_01JD…`: the prefix, then at least 120 random bits in Crockford base32. */
  next(prefix: string): string
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Ids from the platform's cryptographic random source. */
export const randomIds: IdSource = {
  next(prefix) {
    const bytes = crypto.getRandomValues(new Uint8Array(24))
    return `${prefix}_${Array.from(bytes, (byte) => alphabet[byte % 32]).join('')}`
  },
}
