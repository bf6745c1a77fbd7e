import { defineErrors } from '@sshmcp/kernel'

export const factsErrors = defineErrors({
  FACTS_UNREADABLE: {
    when: 'the host could not run the script that reads its facts',
    retry: 'yes',
    next: 'Check that the account on the host may run sh; a template such as disk_usage may tell more.',
  },
})

export const transferErrors = defineErrors({
  TRANSFER_EXISTS: {
    when: 'the host has a file of that name already and overwrite is false',
    retry: 'no',
    next: 'Choose another remote_path, or set overwrite when the file may be replaced.',
  },
  TRANSFER_NOT_A_FOLDER: {
    when: 'what should be listed is no folder',
    retry: 'no',
    next: 'List the folder that it stands in.',
  },
  TRANSFER_CHANGED: {
    when: 'the file was changed while it was read, so that no exact copy of it exists; nothing was kept',
    retry: 'yes',
    next: 'Call again when nothing writes to it, or copy it on the host first.',
  },
  TRANSFER_INCOMPLETE: {
    when: 'what arrived is not what was sent; it was not given its name',
    retry: 'yes',
    next: 'Call again; if it happens twice, check the disk on both sides.',
  },
  TRANSFER_INTERRUPTED: {
    when: 'an upload failed and its unfinished file could not be removed; the destination is as it was, or complete',
    retry: 'yes',
    next: 'Delete the file that is named when the host is back, and call again.',
  },
  TRANSFER_CANCELLED: {
    when: 'the transfer was cancelled; the destination is as it was',
    retry: 'no',
    next: 'Nothing to do.',
  },
})
