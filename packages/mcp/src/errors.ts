import { defineErrors } from '@sshmcp/kernel'

/** What an HTTP server answers before a call is on the road; such an answer has no audit_id. */
export const httpErrors = defineErrors({
  HTTP_STOPPING: {
    when: 'the HTTP server was told to stop: it lets what runs finish and takes nothing new; nothing was run',
    retry: 'later',
    next: 'Send it again in a few seconds, when the server is back.',
  },
  HTTP_TOKEN_MISSING: {
    when: 'the request has no bearer token',
    retry: 'no',
    next: 'Send the token of an identity as `Authorization: Bearer …`; `sshmcp connect` does that for an editor.',
  },
  HTTP_TOO_MANY_REQUESTS: {
    when: 'the identity has sent more requests within a minute than the server takes',
    retry: 'later',
    next: 'Wait as long as Retry-After says.',
  },
  HTTP_TOO_MANY_REFUSALS: {
    when: 'too many tokens from the same address were refused within a minute',
    retry: 'later',
    next: 'Look at the token, and wait as long as Retry-After says.',
  },
  HTTP_HOST_UNKNOWN: {
    when: 'the Host of the request is no name of this server',
    retry: 'no',
    next: 'Use the address of public_url, or have the name put into allowed_hosts of http.json.',
  },
  HTTP_ORIGIN_UNKNOWN: {
    when: 'a page of another origin sent the request',
    retry: 'no',
    next: 'If that page is trusted, have its origin put into allowed_origins of http.json.',
  },
  HTTP_ROLE_MISSING: {
    when: 'the address is for roles that the identity does not have',
    retry: 'no',
    next: 'Use the token of an identity that has one of them.',
  },
  HTTP_FILE_UNKNOWN: {
    when: 'no file of the identity has this handle: its hour is over, the file is gone, or it never was',
    retry: 'no',
    next: 'Download it with transfer_file again.',
  },
  HTTP_BODY_MISSING: {
    when: 'a file was to be stored, and the request has no body',
    retry: 'no',
    next: 'Send the content of the file as the body of the request.',
  },
})
