import { randomBytes } from 'node:crypto'
import { type IdentityEntry, tokenSha256 } from '@sshmcp/identity'
import { type Clock, kernelErrors, nearest, type Role, rfc3339, roles, systemClock } from '@sshmcp/kernel'
import { type ConfigText, readConfig } from '@sshmcp/policy'
import * as z from 'zod'
import { runtimeErrors } from './errors.ts'
import { parseIdentities } from './identities-file.ts'
import { type Desk, journalChange } from './journal-change.ts'
import { editConfigFile, readConfigFile } from './loader/edit-file.ts'

/** What is asked for when an identity is added or its token replaced. */
export interface NewIdentity {
  readonly userId: string
  /** Undefined keeps those of an identity that is rotated. */
  readonly roles: readonly string[] | undefined
  readonly displayName: string | undefined
  /** RFC 3339, or a time from now such as `30d` or `12h`. */
  readonly expires: string | undefined
  readonly rotate: boolean
}

/** The one time that a token is seen. */
export interface IssuedIdentity {
  readonly userId: string
  readonly roles: readonly Role[]
  readonly token: string
  readonly expiresAt: string | undefined
  /** With the first identity local mode ends. */
  readonly isFirst: boolean
}

/** An entry as it stands in the file, notes and all: what is not touched is kept. */
const entryShape = z.looseObject({ user_id: z.string() })
const fileShape = z.looseObject({ identities: z.array(entryShape) })
type FileEntry = z.output<typeof entryShape>

/**
 * Adds an identity to `identities.json`, or gives one a new token. Only the token's SHA-256 is kept.
 *
 * @throws INPUT_INVALID, IDENTITY_EXISTS, IDENTITY_UNKNOWN, CONFIG_INVALID, AUDIT_*
 */
export async function addIdentity(desk: Desk, asked: NewIdentity, clock: Clock = systemClock): Promise<IssuedIdentity> {
  const command = asked.rotate ? 'identities add --rotate' : 'identities add'
  requireUserId(asked.userId)
  const wanted = asked.roles?.map(roleNamed)
  const expiresAt = asked.expires === undefined ? undefined : momentOf(asked.expires, clock)
  const detail = { user_id: asked.userId, roles: [...(wanted ?? [])], ...(expiresAt ? { expires_at: expiresAt } : {}) }
  return journalChange(desk, { command, detail }, () => {
    const token = `sshmcp_${randomBytes(32).toString('base64url')}`
    let isFirst = false
    edit(desk, (entries) => {
      isFirst = entries.length === 0
      const before = entries.find(({ user_id }) => user_id === asked.userId)
      requireFitting(before, asked)
      const entry: FileEntry = {
        ...before,
        user_id: asked.userId,
        ...(asked.displayName === undefined ? {} : { display_name: asked.displayName }),
        ...(wanted === undefined ? {} : { roles: wanted }),
        token_sha256: tokenSha256(token),
        ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
      }
      return before === undefined ? [...entries, entry] : entries.map((old) => (old === before ? entry : old))
    })
    const made = listIdentities(desk).find(({ userId }) => userId === asked.userId)
    return { userId: asked.userId, roles: [...(made?.roles ?? [])], token, expiresAt: expiryOf(made), isFirst }
  })
}

/** Takes an identity away: its token ends, in running servers too. @throws IDENTITY_UNKNOWN, CONFIG_INVALID, AUDIT_* */
export async function revokeIdentity(desk: Desk, userId: string): Promise<{ readonly left: number }> {
  return journalChange(desk, { command: 'identities revoke', detail: { user_id: userId } }, () => {
    let left = 0
    edit(desk, (entries) => {
      const others = entries.filter(({ user_id }) => user_id !== userId)
      if (others.length === entries.length) throw unknown(userId, entries)
      left = others.length
      return others
    })
    return { left }
  })
}

/** The identities as they stand in the file. @throws CONFIG_INVALID */
export function listIdentities({ places }: Pick<Desk, 'places'>): readonly IdentityEntry[] {
  const file = readConfigFile(places.identitiesFile)
  return file === undefined ? [] : parseIdentities(file)
}

function edit({ places }: Desk, change: (entries: readonly FileEntry[]) => readonly FileEntry[]): void {
  editConfigFile(places.identitiesFile, (file) => {
    // Strictly first: a file with a mistake in it is mended by a person, never rewritten over it.
    if (file !== undefined) parseIdentities(file)
    const whole = file === undefined ? { identities: [] } : readConfig(file, fileShape)
    const changed = { ...whole, identities: change(whole.identities) }
    const text: ConfigText = { text: `${JSON.stringify(changed, null, 2)}\n`, source: places.identitiesFile }
    parseIdentities(text)
    return text.text
  })
}

function requireFitting(before: FileEntry | undefined, { userId, rotate, roles: wanted }: NewIdentity): void {
  if (before === undefined && rotate) throw unknown(userId, [])
  if (before !== undefined && !rotate) {
    throw runtimeErrors.error('IDENTITY_EXISTS', { message: `There is an identity ${userId} already.` })
  }
  if (before === undefined && (wanted === undefined || wanted.length === 0)) {
    throw kernelErrors.error('INPUT_INVALID', {
      message: 'A new identity needs roles.',
      next: `Add --roles with one or more of ${roles.join(', ')}, comma between.`,
      field: '--roles',
    })
  }
}

function unknown(userId: string, entries: readonly FileEntry[]) {
  const candidates = nearest(
    userId,
    entries.map(({ user_id }) => user_id),
  )
  return runtimeErrors.error('IDENTITY_UNKNOWN', {
    message: `There is no identity ${JSON.stringify(userId)}.`,
    candidates,
    ...(candidates.length === 0 ? {} : { next: `Did you mean ${candidates.join(' or ')}?` }),
  })
}

function requireUserId(userId: string): void {
  if (/^[a-z0-9][a-z0-9._@-]{0,63}$/.test(userId)) return
  throw kernelErrors.error('INPUT_INVALID', {
    message: `${JSON.stringify(userId.slice(0, 80))} is no name for an identity.`,
    next: 'Use lower-case letters, digits, ".", "_", "@" and "-", beginning with a letter or digit, at most 64.',
    field: 'user_id',
  })
}

function roleNamed(text: string): Role {
  const role = roles.find((name) => name === text)
  if (role !== undefined) return role
  const candidates = nearest(text, roles)
  throw kernelErrors.error('INPUT_INVALID', {
    message: `There is no role ${JSON.stringify(text)}.`,
    next: candidates.length === 0 ? `Roles are ${roles.join(', ')}.` : `Did you mean ${candidates.join(' or ')}?`,
    field: '--roles',
    candidates,
  })
}

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 }

function momentOf(text: string, clock: Clock): string {
  const [, count = '', unit = ''] = /^(\d{1,5})([hdw])$/.exec(text) ?? []
  const isDate = /^\d{4}-\d{2}-\d{2}/.test(text)
  const at = count === '' ? (isDate ? Date.parse(text) : Number.NaN) : clock.now() + Number(count) * (unitMs[unit] ?? 0)
  if (at > clock.now()) return rfc3339(at)
  throw kernelErrors.error('INPUT_INVALID', {
    message: `--expires ${JSON.stringify(text)} is no time to come.`,
    next: 'Write a date such as 2027-01-31, or a time from now such as 30d or 12h.',
    field: '--expires',
  })
}

function expiryOf(entry: IdentityEntry | undefined): string | undefined {
  return entry?.expiresAtMs === undefined ? undefined : rfc3339(entry.expiresAtMs)
}
