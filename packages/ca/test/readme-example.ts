import { createAuthority, generateCaKey, memorySigner, parsePublicKeyLine, verifyCertificate } from '@sshmcp/ca'
import { MemoryCertStore } from '@sshmcp/ca/testing'
import { randomIds, systemClock } from '@sshmcp/kernel'

export async function example(publicKeyLine: string) {
  const authority = createAuthority({
    signer: memorySigner(generateCaKey()), // or agentSigner(…), or openCaKey(bytes, passphrase)
    store: new MemoryCertStore(),
    clock: systemClock,
    ids: randomIds,
    limits: { defaultTtlSeconds: 300, maxTtlSeconds: 3600 },
  })
  const subject = parsePublicKeyLine(publicKeyLine) // throws KEY_TOO_WEAK, KEY_IS_PRIVATE, …
  const request = { userId: 'alice', subject, principals: ['deploy'], ttlSeconds: 0, keyId: 'ticket/42' }
  const { line, certId, certificate } = await authority.issue(request, AbortSignal.timeout(10_000))
  // `line` is a -cert.pub file; `ssh-keygen -L` reads it, sshd with TrustedUserCAKeys takes it
  const { krl } = await authority.revoke({ kind: 'certificate', certId }, { by: 'bob', reason: 'laptop lost' })
  const verdict = verifyCertificate(certificate, { authorities: [authority.publicKey], now: Date.now() })
  return { line, krl: krl.bytes, verdict }
}
