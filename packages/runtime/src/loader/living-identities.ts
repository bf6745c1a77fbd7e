import { type BigIntStats, statSync } from 'node:fs'
import type { IdentityEntry } from '@sshmcp/identity'
import { parseIdentities } from '../identities-file.ts'
import { ConfigFiles } from './config-files.ts'

/**
 * The identities as the file has them now: asked for every call, read again when the file changed.
 *
 * @returns a function that throws CONFIG_INVALID as long as the file cannot be read as one: then nobody is let in, rather
 * than somebody who was revoked
 */
export function livingIdentities(path: string): () => readonly IdentityEntry[] {
  let known: { readonly version: string; readonly entries: readonly IdentityEntry[] } | undefined
  return () => {
    const version = versionOf(statSync(path, { bigint: true, throwIfNoEntry: false }))
    if (known?.version === version) return known.entries
    // Cleared first: a file that became unreadable must not leave the old answer behind.
    known = undefined
    const file = new ConfigFiles().optional(path)
    const entries = file === undefined ? [] : parseIdentities(file)
    known = { version, entries }
    return entries
  }
}

/** A changed text has another one, even when it is as long and as old as before: replacing makes a new file. */
function versionOf(stats: BigIntStats | undefined): string {
  return stats === undefined ? 'none' : [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(' ')
}
