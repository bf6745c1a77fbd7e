import type { ConnectionFacts } from '@sshmcp/transport'

/** True when a connection is what was announced of another: to the same key, as the same account, by the same certificate. */
export function sameWay(a: ConnectionFacts, b: ConnectionFacts): boolean {
  return (
    a.hostKeyFingerprint === b.hostKeyFingerprint && a.login === b.login && a.certificateSerial === b.certificateSerial
  )
}
