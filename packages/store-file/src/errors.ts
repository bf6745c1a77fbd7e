import { defineErrors } from '@sshmcp/kernel'

/** Codes of what stands on the local disk. */
export const storeErrors = defineErrors({
  STORE_PATH_UNSAFE: {
    when: 'a folder or file of ours is a link, belongs to somebody else, or could be written by somebody else',
    retry: 'no',
    next: 'Correct the owner and mode of the path that is named (folders 0700, files 0600), or choose another folder.',
  },
  STORE_NETWORK_FOLDER: {
    when: 'the folder lies on a network file system, where locks and flushes cannot be relied on',
    retry: 'no',
    next: 'Name a folder on a local disk, with the variable for that folder (SSH_MCP_AUDIT_LOG_DIR and the like) or SSH_MCP_CONFIG_DIR.',
  },
  STORE_UNAVAILABLE: {
    when: 'the system could not read or write a file or folder of ours',
    retry: 'later',
    next: 'Look at what is named: its disk may be full, read-only or failing (`sshmcp doctor` looks at the folders). Then try again.',
  },
  STORE_LOCKED: {
    when: 'another process has held the journal for too long, or held it when it vanished out of sight',
    retry: 'later',
    next: 'Look at the process that is named. If it ran in a container that is gone for good, and no other server runs, remove the folder `lockd` in the audit folder.',
  },
  STORE_LOG_REPLACED: {
    when: 'a journal file was moved, deleted, shortened or replaced under the running server',
    retry: 'no',
    next: 'Let nothing but the server touch the audit folder (no logrotate). Run `sshmcp audit verify`, then start again.',
  },
  STORE_KEY_INVALID: {
    when: 'the key that signs the journal cannot be read as one',
    retry: 'no',
    next: 'Put the key file back from a copy; a new one would not prove anything about the journal that exists.',
  },
})
