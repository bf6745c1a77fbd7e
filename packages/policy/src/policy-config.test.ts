import { describe, expect, test } from 'vitest'
import { parsePolicy } from './policy-config.ts'

type Keys = Readonly<Record<string, unknown>>
const parse = (policy: Keys) => parsePolicy({ text: JSON.stringify(policy), source: 'policy.json' })
const asText = (source: string, keys: Keys) => ({ source, text: JSON.stringify(keys) })

const defaults = {
  transfer: {
    allowedPaths: ['/tmp/*', '/var/log/*'],
    blockedExtensions: ['.exe', '.sh', '.bat', '.ps1', '.dll', '.so'],
    maxUploadBytes: 52428800,
    maxDownloadBytes: 52428800,
    requireJustificationForDownload: true,
  },
  keys: { defaultTtlSeconds: 86400, maxTtlSeconds: 604800, minKeyBits: 2048, principals: new Map() },
  rateLimits: { maxRequestsPerMinute: 30, maxConcurrent: 5 },
  approvals: { ttlSeconds: 600, maxPendingPerIdentity: 5 },
  audit: { anchorDir: undefined },
}

test('without a file, and with an empty one, the defaults hold', () => {
  expect(parsePolicy(undefined)).toEqual(defaults)
  expect(parse({})).toEqual(defaults)
})

describe('each key has its effect', () => {
  test.each<[Keys, Keys]>([
    [{ transfer_policy: { allowed_paths: ['/srv/*'] } }, { transfer: { allowedPaths: ['/srv/*'] } }],
    [{ transfer_policy: { blocked_extensions: ['.EXE'] } }, { transfer: { blockedExtensions: ['.exe'] } }],
    [{ transfer_policy: { max_upload_bytes: 1 } }, { transfer: { maxUploadBytes: 1 } }],
    [{ transfer_policy: { max_download_bytes: 0 } }, { transfer: { maxDownloadBytes: 0 } }],
    [
      { transfer_policy: { require_justification_for_download: false } },
      { transfer: { requireJustificationForDownload: false } },
    ],
    [{ key_policy: { default_ttl_seconds: 60 } }, { keys: { defaultTtlSeconds: 60 } }],
    [{ key_policy: { max_ttl_seconds: 3600 } }, { keys: { maxTtlSeconds: 3600, defaultTtlSeconds: 3600 } }],
    [{ key_policy: { min_key_bits: 3072 } }, { keys: { minKeyBits: 3072 } }],
    [
      { key_policy: { principals: { alice: ['deploy'] } } },
      { keys: { principals: new Map([['alice', new Set(['deploy'])]]) } },
    ],
    [{ rate_limits: { max_requests_per_minute: 7 } }, { rateLimits: { maxRequestsPerMinute: 7, maxConcurrent: 5 } }],
    [{ rate_limits: { max_concurrent: 2 } }, { rateLimits: { maxRequestsPerMinute: 30, maxConcurrent: 2 } }],
    [{ approvals: { ttl_seconds: 60 } }, { approvals: { ttlSeconds: 60, maxPendingPerIdentity: 5 } }],
    [{ approvals: { max_pending_per_identity: 1000 } }, { approvals: { maxPendingPerIdentity: 1000 } }],
    [{ audit: { anchor_dir: '/mnt/anchor' } }, { audit: { anchorDir: '/mnt/anchor' } }],
    [{ _comment: 'x' }, defaults],
  ])('%j', (policy, expected) => {
    expect(parse(policy)).toMatchObject(expected)
  })
})

test('a section given on its own wins key by key and leaves the file’s other keys alone', () => {
  const file = asText('policy.json', {
    transfer_policy: { allowed_paths: ['/srv/*'], max_upload_bytes: 1 },
    key_policy: { max_ttl_seconds: 3600, min_key_bits: 3072 },
    rate_limits: { max_concurrent: 2, max_requests_per_minute: 7 },
  })
  const policy = parsePolicy(file, {
    transferPolicy: asText('SSH_MCP_TRANSFER_POLICY', { max_upload_bytes: 9 }),
    keyPolicy: asText('SSH_MCP_KEY_POLICY', { max_ttl_seconds: 600 }),
    rateLimits: asText('SSH_MCP_RATE_LIMITS', { max_concurrent: 3 }),
  })
  expect(policy).toMatchObject({
    transfer: { allowedPaths: ['/srv/*'], maxUploadBytes: 9 },
    keys: { maxTtlSeconds: 600, minKeyBits: 3072 },
    rateLimits: { maxConcurrent: 3, maxRequestsPerMinute: 7 },
  })
})

describe('refused with source, path and cure', () => {
  test.each<[Keys, RegExp, string?]>([
    [{ rate_limit: {} }, /^policy\.json: rate_limit is not a key/, 'Did you mean "rate_limits"?'],
    [
      { rate_limits: { max_concurent: 1 } },
      /rate_limits\.max_concurent is not a key/,
      'Did you mean "max_concurrent"?',
    ],
    [{ rate_limits: { max_concurrent: 0 } }, /has to be at least 1/],
    [{ transfer_policy: { blocked_extensions: ['sh'] } }, /has to be an extension with its dot/],
    [{ transfer_policy: { allowed_paths: ['relative/*'] } }, /has to be an absolute path/],
    [{ transfer_policy: { max_upload_bytes: -1 } }, /has to be at least 0/],
    [{ transfer_policy: { require_justification_for_download: 'yes' } }, /has to be true or false/],
    [{ key_policy: { default_ttl_seconds: 59 } }, /has to be at least 60/],
    [{ key_policy: { default_ttl_seconds: 7200, max_ttl_seconds: 3600 } }, /is above max_ttl_seconds \(3600\)/],
    [{ key_policy: { principals: { 'Not A User': ['x'] } } }, /is not a user_id/],
    [{ approvals: { ttl_seconds: 59 } }, /has to be at least 60/],
    [{ approvals: { ttl_seconds: 3601 } }, /has to be at most 3600/],
    [{ approvals: { max_pending_per_identity: 1001 } }, /has to be at most 1000/],
  ])('%j', (policy, message, next) => {
    expect(() => parse(policy)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: expect.stringMatching(message),
        ...(next && { next }),
      }),
    )
  })

  test('an environment section is named by its variable', () => {
    expect(() => parsePolicy(undefined, { rateLimits: asText('SSH_MCP_RATE_LIMITS', { max: 1 }) })).toThrow(
      'SSH_MCP_RATE_LIMITS: max is not a key that is known here.',
    )
  })
})
