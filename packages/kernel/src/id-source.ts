/** Fresh, unguessable ids as a service, so that tests can foresee them. */
export interface IdSource {
  /** A new id, such as `run_01JD…`: the prefix, then at least 120 random bits in Crockford base32. */
  next(prefix: string): string
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const idBytes = 24

// Drawn for many ids at once: asking the system for a few bytes costs as much as asking for many.
const drawn = new Uint8Array(idBytes * 64)
let used = drawn.length

/** Ids from the platform's cryptographic random source. */
export const randomIds: IdSource = {
  next(prefix) {
    if (used === drawn.length) {
      crypto.getRandomValues(drawn)
      used = 0
    }
    let id = `${prefix}_`
    for (const end = used + idBytes; used < end; used++) id += alphabet[(drawn[used] ?? 0) % 32]
    return id
  },
}
