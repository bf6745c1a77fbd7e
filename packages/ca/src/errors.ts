import { defineErrors } from '@sshmcp/kernel'

/** Everything that can go wrong with keys, certificates, revocation lists and the CA's own key. */
export const caErrors = defineErrors({
  KEY_MALFORMED: {
    when: 'a public key is not exactly one well-formed OpenSSH key',
    retry: 'no',
    next: 'Give the one line of the .pub file, unchanged.',
  },
  KEY_TYPE_REFUSED: {
    when: 'the type of a public key is unknown, obsolete (DSA) or not allowed here',
    retry: 'no',
    next: 'Use an Ed25519 key: `ssh-keygen -t ed25519`.',
  },
  KEY_TOO_WEAK: {
    when: 'a public key is too short, or its numbers give no security',
    retry: 'no',
    next: 'Make a new key: `ssh-keygen -t ed25519`.',
  },
  KEY_IS_PRIVATE: {
    when: 'a private key was given where a public key belongs',
    retry: 'no',
    next: 'Give the .pub file instead. The private key has been shown to others now: make a new one.',
  },
  KEY_IS_CERTIFICATE: {
    when: 'a certificate was given where a plain public key belongs',
    retry: 'no',
    next: 'Give the key itself: the .pub file, not the -cert.pub file.',
  },
  KEY_SEVERAL_LINES: {
    when: 'more than one line was given where one public key belongs',
    retry: 'no',
    next: 'Give exactly one line, of one .pub file.',
  },
  KEY_ENTRY_INVALID: {
    when: 'an authorized_keys line cannot be written safely: its id, expiry, source or command is not allowed',
    retry: 'no',
    next: 'Correct the value that is named.',
  },
  KEY_ID_TAKEN: {
    when: 'an authorized_keys file has a line with this key_id already',
    retry: 'no',
    next: 'Use another key_id, or take the old key away first (remove_ssh_key).',
  },
  KEY_UNKNOWN: {
    when: 'no key with this key_id was installed from here',
    retry: 'no',
    next: 'List the installed keys with `sshmcp keys list`.',
  },
  CERT_MALFORMED: {
    when: 'the bytes are not exactly one well-formed OpenSSH certificate',
    retry: 'no',
    next: 'Give the one line of the -cert.pub file, unchanged.',
  },
  CERT_TTL_REFUSED: {
    when: 'the lifetime asked for is outside what the policy allows',
    retry: 'no',
    next: 'Ask for a lifetime within the limits that are named, or 0 for the default.',
  },
  CERT_PRINCIPAL_REFUSED: {
    when: 'a principal is malformed, or is not allowed for this user',
    retry: 'no',
    next: 'Ask for principals that key_policy.principals lists for this user.',
  },
  CERT_KEY_ID_REFUSED: {
    when: 'a certificate key id holds characters that could forge a line in a log of sshd, or is too long',
    retry: 'no',
    next: 'Use letters, digits and . _ @ : / = + - only, at most 200 of them.',
  },
  CERT_OPTION_REFUSED: {
    when: 'a source address, forced command or extension of a certificate is not one that sshd would hold to',
    retry: 'no',
    next: 'Correct the option that is named and run the command again.',
  },
  CERT_SERIAL_REFUSED: {
    when: 'a serial or a window to revoke is not one: below 1, above 2^64-1, or ending before it begins',
    retry: 'no',
    next: 'Give the serial of a certificate, or a window that ends after it begins.',
  },
  CERT_UNKNOWN: {
    when: 'no certificate with this cert_id was issued here',
    retry: 'no',
    next: 'List the issued certificates with `sshmcp ca list`.',
  },
  CA_NOT_INITIALISED: {
    when: 'there is no CA key yet',
    retry: 'no',
    next: 'A person runs `sshmcp ca init`.',
  },
  CA_KEY_EXISTS: {
    when: 'a CA key exists already; a second one would leave every host that trusts the first behind',
    retry: 'no',
    next: 'Keep the key. For a new CA move the folder that is named away first, and give every host the new public key.',
  },
  CA_LOCKED: {
    when: 'the CA key is encrypted and nothing has opened it',
    retry: 'no',
    next: 'A person runs `sshmcp ca unlock` (key into the ssh-agent), or sets SSH_MCP_CA_PASSPHRASE_FILE and restarts.',
  },
  CA_PASSPHRASE_WRONG: {
    when: 'the passphrase does not open the CA key, or the key file was changed',
    retry: 'no',
    next: 'Check the passphrase; if it is right, restore the key file from a backup.',
  },
  CA_PASSPHRASE_WEAK: {
    when: 'the passphrase for a new CA key is too short',
    retry: 'no',
    next: 'Run the command again and choose a passphrase of at least 8 characters.',
  },
  CA_KEY_FILE_INVALID: {
    when: 'the CA key file is not one of ours, or of a version this program does not know',
    retry: 'no',
    next: 'Restore the key file from a backup.',
  },
  CA_KEY_TYPE_REFUSED: {
    when: 'the CA key is of a type that cannot sign certificates here',
    retry: 'no',
    next: 'Use an Ed25519 CA key; `sshmcp ca init` makes one.',
  },
  CA_AGENT_UNAVAILABLE: {
    when: 'the ssh-agent does not answer on its socket',
    retry: 'later',
    next: 'Check that the agent runs (`ssh-add -l`) and that SSH_AUTH_SOCK names its socket.',
  },
  CA_AGENT_REFUSED: {
    when: 'the ssh-agent answered, but did not do what was asked (it may not hold the CA key)',
    retry: 'no',
    next: 'A person runs `sshmcp ca unlock`, or confirms the use of the key where the agent asks.',
  },
  CA_SELF_CHECK_FAILED: {
    when: 'what was just signed does not verify; it was thrown away and nothing was issued',
    retry: 'no',
    next: 'Check that the signer holds the CA key it claims; report it if it does.',
  },
  CA_STORE_DAMAGED: {
    when: 'a file of the CA cannot be read as what it should be',
    retry: 'no',
    next: 'Restore the file that is named from a backup.',
  },
  CA_STORE_FAILED: {
    when: 'the CA could not write its records; nothing was issued, or the revocation is not yet published',
    retry: 'later',
    next: 'Check disk space and permissions of the folder that is named.',
  },
  CA_BOOTSTRAP_REFUSED: {
    when: 'a bootstrap script cannot be written safely with these options',
    retry: 'no',
    next: 'Correct the option that is named and run the command again.',
  },
  KRL_MALFORMED: {
    when: 'the bytes are not a key revocation list that sshd would take; sshd refuses every key with such a file',
    retry: 'no',
    next: 'Publish the list anew: `sshmcp ca krl`.',
  },
  KRL_SELF_CHECK_FAILED: {
    when: 'a revocation list just written does not say what it should; it was not published',
    retry: 'no',
    next: 'Report it; the list that was published before is untouched.',
  },
})

/** The codes of {@link caErrors}. */
export type CaErrorCode = keyof typeof caErrors.table
