/** What ssh2 calls with the host's key. */
export type StrictVerifier = (key: Buffer) => boolean

/**
 * The only form in which a host key check is handed to ssh2. ssh2 refuses on exactly `false` and takes everything else, a
 * promise of `false` among it, for a yes; here only exactly `true` is one, and a check that throws is a no.
 *
 * @param check asked with a copy of the key; anything but `true` refuses
 * @param onThrow told what was thrown, before ssh2 hears the answer
 */
export function strictVerifier(check: (key: Buffer) => unknown, onThrow: (cause: unknown) => void): StrictVerifier {
  return (key) => {
    try {
      return check(Buffer.from(key)) === true
    } catch (cause) {
      onThrow(cause)
      return false
    }
  }
}
