import type { UserId } from './ids.ts'
import type { Secret } from './secret.ts'

/** What somebody may be here. Roles add up. */
export const roles = ['developer', 'operator', 'admin', 'auditor'] as const
/** One of {@link roles}. */
export type Role = (typeof roles)[number]

/** Somebody who has proved who they are. */
export interface Principal {
  readonly userId: UserId
  readonly displayName: string
  /** Roles add up. */
  readonly roles: ReadonlySet<Role>
}

/** The program that speaks for the principal, in its own words: never trusted, only recorded. */
export interface ClientInfo {
  readonly name: string
  readonly version: string
}

/** What a caller shows: being the OS user who started the process, or a bearer token. */
export type Credential = { readonly kind: 'local' } | { readonly kind: 'bearer'; readonly token: Secret }
