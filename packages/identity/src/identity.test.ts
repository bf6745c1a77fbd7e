import { type Credential, Secret } from '@sshmcp/kernel'
import { ManualClock } from '@sshmcp/kernel/testing'
import { describe, expect, test } from 'vitest'
import { createIdentity, type IdentityEntry, localPrincipal } from './identity.ts'
import { anIdentity } from './testing/index.ts'

const local: Credential = { kind: 'local' }
const bearer = (token: string): Credential => ({ kind: 'bearer', token: new Secret(token) })

function identityWith(...entries: IdentityEntry[]) {
  const clock = new ManualClock()
  return { clock, ...createIdentity({ entries: () => entries, login: 'Dana', clock }) }
}

describe('local mode', () => {
  test('is the OS user with all four roles', () => {
    const principal = identityWith().authenticate(local)
    expect(principal.userId).toBe('local:dana')
    expect([...principal.roles]).toEqual(['developer', 'operator', 'admin', 'auditor'])
  })

  test('does not exist once there is an identity', () => {
    expect(() => identityWith(anIdentity()).authenticate(local)).toThrow(
      expect.objectContaining({ code: 'IDENTITY_TOKEN_REQUIRED' }),
    )
  })

  test('takes any login name', () => {
    expect(localPrincipal('CORP\\Ann Lee').userId).toBe('local:corp_ann_lee')
  })
})

describe('a token', () => {
  test('is the identity it was issued to', () => {
    const principal = identityWith(anIdentity()).authenticate(bearer('token-of-alice'))
    expect(principal).toEqual({ userId: 'alice', displayName: 'Alice', roles: new Set(['operator']) })
  })

  test.each([
    ['never issued', 'IDENTITY_TOKEN_UNKNOWN', 'other', [anIdentity()]],
    ['empty', 'IDENTITY_TOKEN_UNKNOWN', '', [anIdentity()]],
    ['the stored digest itself', 'IDENTITY_TOKEN_UNKNOWN', anIdentity().tokenSha256, [anIdentity()]],
    ['without any identity', 'IDENTITY_TOKEN_WITHOUT_IDENTITIES', 'token-of-alice', []],
  ])('is refused when %s', (_, code, token, entries) => {
    expect(() => identityWith(...entries).authenticate(bearer(token))).toThrow(expect.objectContaining({ code }))
  })

  test('ends at its expiry, to the millisecond', () => {
    const start = new ManualClock().now()
    const { authenticate, clock } = identityWith(anIdentity({ expiresAtMs: start + 1000 }))
    clock.advance(999)
    expect(authenticate(bearer('token-of-alice')).userId).toBe('alice')
    clock.advance(1)
    expect(() => authenticate(bearer('token-of-alice'))).toThrow(
      expect.objectContaining({ code: 'IDENTITY_TOKEN_EXPIRED' }),
    )
  })

  test('that is revoked ends with the next call', () => {
    let entries = [anIdentity()]
    const identity = createIdentity({ entries: () => entries, login: 'dana', clock: new ManualClock() })
    expect(identity.authenticate(bearer('token-of-alice')).userId).toBe('alice')
    entries = [anIdentity({ userId: anIdentity().userId, tokenSha256: '0'.repeat(64) })]
    expect(() => identity.authenticate(bearer('token-of-alice'))).toThrow(
      expect.objectContaining({ code: 'IDENTITY_TOKEN_UNKNOWN' }),
    )
  })
})
