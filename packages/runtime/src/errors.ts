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
  CA_PASSPHRASE_NEEDED: {
    when: 'the CA key needs a passphrase, and there is neither a terminal to type it on nor a file that holds it',
    retry: 'no',
    next: 'Run the command in a terminal window, or set SSH_MCP_CA_PASSPHRASE_FILE to a file of mode 0600.',
  },
  CA_PASSPHRASE_MISTYPED: {
    when: 'the passphrase for a new CA key was typed differently the second time; nothing was made',
    retry: 'no',
    next: 'Run the command again.',
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

/** Codes of keys in the authorized_keys files of hosts. */
export const keyFileErrors = defineErrors({
  KEY_FILE_UNSAFE: {
    when: 'the .ssh folder or authorized_keys of an account is a link, cannot be written as a whole, or is missing and not ours to make',
    retry: 'no',
    next: 'A person makes it a plain file in a folder of the account (mkdir -m 700 ~/.ssh), then call again.',
  },
  KEY_FILE_BUSY: {
    when: 'somebody else is editing the authorized_keys file, or an edit was cut off less than a minute ago',
    retry: 'later',
    next: 'Call again in a minute.',
  },
  KEY_HOSTS_FAILED: {
    when: 'on none of the hosts could the key be put or taken away; nothing was changed',
    retry: 'later',
    next: 'Look at what is said of each host, mend it, and call again.',
  },
})
