import { userIdPattern } from '@sshmcp/kernel'
import * as z from 'zod'
import { type ConfigText, configError, named, readConfig, section } from './config-shape.ts'

/** What files may be moved, and how big. */
export interface TransferPolicy {
  /** A trailing `/*` means everything below; `*` elsewhere stays within one name. */
  readonly allowedPaths: readonly string[]
  /** Lower case, with the dot. */
  readonly blockedExtensions: readonly string[]
  readonly maxUploadBytes: number
  readonly maxDownloadBytes: number
  readonly requireJustificationForDownload: boolean
}

/** How long keys and certificates live, and which accounts they may name. */
export interface KeyPolicy {
  readonly defaultTtlSeconds: number
  readonly maxTtlSeconds: number
  readonly minKeyBits: number
  /** Per user id; a user who is not named may have the principal of the same name only. */
  readonly principals: ReadonlyMap<string, ReadonlySet<string>>
}

/** `policy.json` with defaults put in. */
export interface Policy {
  readonly transfer: TransferPolicy
  readonly keys: KeyPolicy
  readonly rateLimits: { readonly maxRequestsPerMinute: number; readonly maxConcurrent: number }
  readonly approvals: { readonly ttlSeconds: number; readonly maxPendingPerIdentity: number }
  /** `anchorDir`: a second folder, best on another disk or machine, that gets a copy of each signed checkpoint of the journal. */
  readonly audit: { readonly anchorDir: string | undefined }
}

/** Sections given on their own, as environment variables do. Their keys win over the file's, key by key. */
export interface PolicyOverrides {
  readonly transferPolicy?: ConfigText
  readonly keyPolicy?: ConfigText
  readonly rateLimits?: ConfigText
}

const week = 604_800

const absolutePath = () =>
  z
    .string()
    .regex(/^\/[^\u0000-\u001f]*$/, { error: 'has to be an absolute path' })
    .refine((path) => !path.split('/').includes('..'), { error: 'may not hold ".."' })

const extension = () => z.string().regex(/^\.[^/\s]+$/, { error: 'has to be an extension with its dot, such as ".sh"' })

const transferSection = () =>
  section({
    allowed_paths: z.array(absolutePath()).optional(),
    blocked_extensions: z.array(extension()).optional(),
    max_upload_bytes: z.int().min(0).optional(),
    max_download_bytes: z.int().min(0).optional(),
    require_justification_for_download: z.boolean().optional(),
  })

const keySection = () =>
  section({
    default_ttl_seconds: z.int().min(60).optional(),
    max_ttl_seconds: z.int().min(60).optional(),
    min_key_bits: z.int().min(1024).max(16_384).optional(),
    principals: named(z.array(z.string().min(1))).optional(),
  })

const rateSection = () =>
  section({
    max_requests_per_minute: z.int().min(1).max(100_000).optional(),
    max_concurrent: z.int().min(1).max(1000).optional(),
  })

const policySchema = () =>
  section({
    transfer_policy: transferSection().optional(),
    key_policy: keySection().optional(),
    rate_limits: rateSection().optional(),
    approvals: section({
      ttl_seconds: z.int().min(60).max(3600).default(600),
      max_pending_per_identity: z.int().min(1).max(1000).default(5),
    }).prefault({}),
    audit: section({ anchor_dir: absolutePath().optional() }).prefault({}),
  })

/** The transfer keys as a host may narrow them: only those that are written. */
export const narrowingShape = () => transferSection().transform(toTransfer)

/**
 * Reads `policy.json`, every key of which is optional, and the sections that win over it.
 *
 * @throws CONFIG_INVALID naming the source, the path and the cure
 */
export function parsePolicy(file: ConfigText | undefined, overrides: PolicyOverrides = {}): Policy {
  const base = file ?? { text: '{}', source: 'policy.json' }
  const { transfer_policy, key_policy, rate_limits, approvals, audit } = readConfig(base, policySchema())
  const transfer = { ...transfer_policy, ...override(overrides.transferPolicy, transferSection()) }
  const keys = { ...key_policy, ...override(overrides.keyPolicy, keySection()) }
  const rates = { ...rate_limits, ...override(overrides.rateLimits, rateSection()) }
  return {
    transfer: { ...defaultTransfer, ...toTransfer(transfer) },
    keys: toKeys(keys, overrides.keyPolicy?.source ?? `${base.source}: key_policy`),
    rateLimits: {
      maxRequestsPerMinute: rates.max_requests_per_minute ?? 30,
      maxConcurrent: rates.max_concurrent ?? 5,
    },
    approvals: { ttlSeconds: approvals.ttl_seconds, maxPendingPerIdentity: approvals.max_pending_per_identity },
    audit: { anchorDir: audit.anchor_dir },
  }
}

function override<Schema extends z.ZodType>(
  text: ConfigText | undefined,
  schema: Schema,
): z.output<Schema> | undefined {
  return text && readConfig(text, schema)
}

const defaultTransfer: TransferPolicy = {
  allowedPaths: ['/tmp/*', '/var/log/*'],
  blockedExtensions: ['.exe', '.sh', '.bat', '.ps1', '.dll', '.so'],
  maxUploadBytes: 52_428_800,
  maxDownloadBytes: 52_428_800,
  requireJustificationForDownload: true,
}

type TransferKeys = z.output<ReturnType<typeof transferSection>>

function toTransfer(keys: TransferKeys): Partial<TransferPolicy> {
  const { allowed_paths: paths, blocked_extensions: extensions, max_upload_bytes: up, max_download_bytes: down } = keys
  const justify = keys.require_justification_for_download
  return {
    ...(paths && { allowedPaths: paths }),
    ...(extensions && { blockedExtensions: extensions.map((name) => name.toLowerCase()) }),
    ...(up !== undefined && { maxUploadBytes: up }),
    ...(down !== undefined && { maxDownloadBytes: down }),
    ...(justify !== undefined && { requireJustificationForDownload: justify }),
  }
}

function toKeys(keys: z.output<ReturnType<typeof keySection>>, source: string): KeyPolicy {
  const maxTtlSeconds = keys.max_ttl_seconds ?? week
  // A shorter maximum pulls an unwritten default down with it.
  const defaultTtlSeconds = keys.default_ttl_seconds ?? Math.min(86_400, maxTtlSeconds)
  if (defaultTtlSeconds > maxTtlSeconds) {
    throw configError(source, ['default_ttl_seconds'], `is above max_ttl_seconds (${maxTtlSeconds})`)
  }
  const principals = Object.entries(keys.principals ?? {})
  for (const [userId] of principals) {
    if (!userIdPattern.test(userId)) throw configError(source, ['principals', userId], 'is not a user_id')
  }
  return {
    defaultTtlSeconds,
    maxTtlSeconds,
    minKeyBits: keys.min_key_bits ?? 2048,
    principals: new Map(principals.map(([userId, names]) => [userId, new Set(names)])),
  }
}
