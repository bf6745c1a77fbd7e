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
})
