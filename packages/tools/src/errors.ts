import { defineErrors } from '@sshmcp/kernel'

export const factsErrors = defineErrors({
  FACTS_UNREADABLE: {
    when: 'the host could not run the script that reads its facts',
    retry: 'yes',
    next: 'Check that the account on the host may run sh; a template such as disk_usage may tell more.',
  },
})

export const keyErrors = defineErrors({
  KEY_ACCOUNT_UNREACHABLE: {
    when: 'user_name is not an account that can be reached: not the one that hosts.json logs in as, which is not root either, or unknown to the host',
    retry: 'no',
    next: 'Use the ssh_user of the host as user_name.',
  },
  INPUT_PUBLIC_KEY_REQUIRED: {
    when: 'no public_key was given, and identities.json has no ssh_public_key for that user',
    retry: 'no',
    next: 'Give the one line of the .pub file as public_key; a private key is never made here.',
  },
})

export const transferErrors = defineErrors({
  TRANSFER_EXISTS: {
    when: 'the host has a file of that name already and overwrite is false',
    retry: 'no',
    next: 'Choose another remote_path, or send overwrite: true if the file may be replaced.',
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
    next: 'Call again if it is still wanted.',
  },
})
