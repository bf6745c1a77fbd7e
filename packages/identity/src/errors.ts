import { defineErrors } from '@sshmcp/kernel'

export const identityErrors = defineErrors({
  IDENTITY_TOKEN_REQUIRED: {
    when: 'identities.json names identities, so a token is needed and none was given',
    retry: 'no',
    next: 'Set SSH_MCP_AUTH_TOKEN_FILE to a file (mode 0600) that holds your token; `sshmcp identities add NAME --roles …` makes one.',
  },
  IDENTITY_TOKEN_UNKNOWN: {
    when: 'the token belongs to no identity: never issued, revoked or replaced',
    retry: 'no',
    next: 'Ask for a new token: `sshmcp identities add NAME --rotate` on the machine of the server.',
  },
  IDENTITY_TOKEN_EXPIRED: {
    when: 'the identity of this token has expired',
    retry: 'no',
    next: 'Ask for a new token: `sshmcp identities add NAME --rotate` on the machine of the server.',
  },
  IDENTITY_TOKEN_WITHOUT_IDENTITIES: {
    when: 'a token is set, but identities.json has no identity it could belong to',
    retry: 'no',
    next: 'Make one with `sshmcp identities add NAME --roles operator`, or unset the token.',
  },
  IDENTITY_JWT_INVALID: {
    when: 'a JWT is malformed, signed by nobody we trust or by a method we do not take, or made by or for somebody else',
    retry: 'no',
    next: 'Sign in again at the authorization server that the protected-resource metadata names.',
  },
  IDENTITY_JWT_EXPIRED: {
    when: 'a JWT is no longer, or not yet, valid',
    retry: 'no',
    next: 'Get a new token from the authorization server; if that does not help, compare the clocks of both machines.',
  },
  IDENTITY_CLAIM_INVALID: {
    when: 'a JWT is genuine, but the claim that is named says nothing that can be used: no user_id, or no role',
    retry: 'no',
    next: 'Have the claim that is named corrected at the authorization server, or name another one in http.json (jwt.user_claim, jwt.roles_claim).',
  },
  IDENTITY_SCOPE_MISSING: {
    when: 'a JWT is genuine, but was not granted a scope that this server asks for',
    retry: 'no',
    next: 'Ask the authorization server for a token with the scopes of the challenge.',
  },
  IDENTITY_KEYS_UNAVAILABLE: {
    when: 'the keys of the JWT issuer could not be fetched, so no JWT can be checked',
    retry: 'yes',
    next: 'Try again shortly. Whoever runs the server: see that it reaches jwt.jwks_url of http.json.',
  },
})
