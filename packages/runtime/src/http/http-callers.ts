import { randomBytes } from 'node:crypto'
import { localPrincipal, tokenSha256 } from '@sshmcp/identity'
import { createJwtVerifier, looksLikeJwt } from '@sshmcp/identity/jwt'
import { type Clock, type Principal, Secret, type UserId } from '@sshmcp/kernel'
import type { HttpConfig, HttpFlags } from '../loader/load-http-config.ts'
import type { Adapters, OtherProof } from '../runtime.ts'

/** How callers of the HTTP server prove who they are, besides tokens of identities.json. */
export interface HttpCallers {
  readonly adapters: Partial<Pick<Adapters, 'identities' | 'otherProof'>>
  /** With `--dev`: the one token there is. */
  readonly devToken: Secret | undefined
}

/** JWTs of the issuer of http.json; with `--dev` one random token of the OS user instead of anything else. */
export function callersByProof({ http, login }: HttpConfig, { isDev }: HttpFlags, clock: Clock): HttpCallers {
  if (isDev) {
    const devToken = new Secret(`sshmcp_dev_${randomBytes(32).toString('base64url')}`)
    const entry = { ...localPrincipal(login), tokenSha256: tokenSha256(devToken.reveal()), expiresAtMs: undefined }
    return { adapters: { identities: () => [entry] }, devToken }
  }
  if (http.jwt === undefined) return { adapters: {}, devToken: undefined }
  return { adapters: { otherProof: jwtProof(createJwtVerifier(http.jwt, clock), clock) }, devToken: undefined }
}

function jwtProof(verify: ReturnType<typeof createJwtVerifier>, clock: Clock): OtherProof {
  const seen = new Map<UserId, { readonly principal: Principal; readonly expiresAtMs: number }>()
  return {
    authenticate(token) {
      if (!looksLikeJwt(token)) return undefined
      return verify(token).then((verified) => {
        seen.set(verified.principal.userId, verified)
        return verified.principal
      })
    },
    people() {
      for (const [userId, { expiresAtMs }] of seen) if (expiresAtMs <= clock.now()) seen.delete(userId)
      return [...seen.values()].map(({ principal }) => principal)
    },
  }
}
