import { defineErrors } from '@sshmcp/kernel'

/** Codes of what a person does at a terminal. */
export const runtimeErrors = defineErrors({
  TERMINAL_REQUIRED: {
    when: 'a person has to answer, and the program has no terminal to ask on; standard input is never taken for one',
    retry: 'no',
    next: 'Run the command in a terminal window (over ssh: ssh -t).',
  },
  TERMINAL_DECLINED: {
    when: 'the person at the terminal did not agree, so nothing was done',
    retry: 'no',
    next: 'Nothing was changed. Run the command again when it is wanted after all.',
  },
  IDENTITY_EXISTS: {
    when: 'an identity of this name is there already',
    retry: 'no',
    next: 'Add --rotate to give it a new token (the old one ends at once), or choose another name.',
  },
  IDENTITY_UNKNOWN: {
    when: 'there is no identity of this name',
    retry: 'no',
    next: 'Run `sshmcp identities list` for the names.',
  },
  HOST_KEY_OTHER: {
    when: 'the host presented another key than the one that was to be trusted',
    retry: 'no',
    next: 'Compare with `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the host itself. Nothing was written.',
  },
})
