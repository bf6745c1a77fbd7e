import { type JsonValue, openJournal } from '@sshmcp/audit'
import { localPrincipal } from '@sshmcp/identity'
import { isSshMcpError, randomIds, systemClock } from '@sshmcp/kernel'
import { openAudit } from './adapters.ts'
import type { Places } from './config.ts'
import type { Settings } from './environment.ts'
import { openRedactor } from './loader/redaction-file.ts'

/** Who changes something from a terminal, and where its journal stands. */
export interface Desk {
  readonly places: Places
  /** The OS user: whoever can run the command could edit the files anyway. */
  readonly login: string
  readonly homeDir: string
  readonly settings: Settings
  readonly version: string
}

/** What a command changes, in the journal's words. Never a secret. */
export interface Change {
  /** As it was called, such as `identities add`. */
  readonly command: string
  readonly detail: Readonly<Record<string, JsonValue>>
}

/**
 * Makes a change to the product's own files and writes it into the journal as `local:<login>`. The journal is opened
 * first: without one nothing is changed. A change that failed stands there too.
 *
 * @throws AUDIT_*, STORE_*, CONFIG_INVALID for a bad `redaction.json`, and whatever `work` throws
 */
export async function journalChange<T>(
  { places, login, version }: Pick<Desk, 'places' | 'login' | 'version'>,
  { command, detail }: Change,
  work: () => T | Promise<T>,
): Promise<T> {
  const redactor = openRedactor(places)
  const journal = await openJournal({
    ...(await openAudit({ places }, systemClock)),
    clock: systemClock,
    ids: randomIds,
    redactValue: (value) => redactor.redactValue(value).value,
    writer: { version, pid: process.pid },
  })
  const entry = {
    kind: 'change' as const,
    user_id: localPrincipal(login).userId,
    client: { name: 'sshmcp', version },
    // Where every other entry says what was run, so that whoever reads the journal sees what was changed.
    command: `sshmcp ${command}`,
    detail: { command, ...detail },
  }
  try {
    const result = await work()
    await journal.append({ ...entry, status: 'ok' })
    return result
  } catch (error) {
    const code = isSshMcpError(error) ? error.code : 'INTERNAL'
    await journal.append({ ...entry, status: 'error', code })
    throw error
  } finally {
    await journal.close()
  }
}
