import { defineErrors } from '@sshmcp/kernel'

export { localFileErrors, sftpErrors } from './sftp-errors.ts'

/** Everything that can go wrong between us and a command on a host. */
export const transportErrors = defineErrors({
  TRANSPORT_NAME_UNRESOLVED: {
    when: 'the name of the host has no address',
    retry: 'later',
    next: 'Check the name of the host, which is its `hostname` in hosts.json, and the name service of this machine. `sshmcp hosts import` takes the names of ~/.ssh/config.',
  },
  TRANSPORT_UNREACHABLE: {
    when: 'no connection could be made: refused, no route, or the host is down',
    retry: 'later',
    next: 'Check that the host is up, that an SSH server listens there, and that hostname and port are right.',
  },
  TRANSPORT_CONNECT_TIMEOUT: {
    when: 'connecting, the handshake and the login together took longer than is allowed; nothing was run',
    retry: 'later',
    next: 'Check that the host is up and reachable from here, or raise SSH_MCP_SSH_TIMEOUT_SECONDS and start again.',
  },
  TRANSPORT_HANDSHAKE_FAILED: {
    when: 'something answered, but no SSH connection came of it',
    retry: 'no',
    next: 'Check that an SSH server listens on this port (`ssh -v -p PORT HOST` shows what is agreed) and that it offers current algorithms.',
  },
  TRANSPORT_IDENTITY_UNAVAILABLE: {
    when: 'hosts.json asks for an identity per connection, and nothing here can make one for this way to the host; nothing was sent',
    retry: 'no',
    next: 'Connect through the server or its commands, which have the CA; or take `certificate` out of the entry of the host.',
  },
  TRANSPORT_ONE_COMMAND_ONLY: {
    when: 'hosts.json has `certificate.mode` "per_command" for the host, and a session, files or another command were wanted; nothing was sent',
    retry: 'no',
    next: 'Run a template without a session, or let whoever keeps hosts.json use "per_connection" for this host.',
  },
  TRANSPORT_HOST_KEY_UNKNOWN: {
    when: 'known_hosts has no key for the host; nothing was sent',
    retry: 'no',
    next: 'A person compares the fingerprint with the host and runs `sshmcp hosts trust HOST`.',
  },
  TRANSPORT_HOST_KEY_MISMATCH: {
    when: 'the host presented another key than the one that is known; nothing was sent',
    retry: 'no',
    next: 'Do not connect. A person finds out why the key changed (it may be an attack), removes the old line from known_hosts, and runs `sshmcp hosts trust HOST`.',
  },
  TRANSPORT_HOST_KEY_REVOKED: {
    when: 'known_hosts marks the key that the host presented as revoked; nothing was sent',
    retry: 'no',
    next: 'Do not connect. A person gives the host a new key, then runs `sshmcp hosts trust HOST`.',
  },
  TRANSPORT_KNOWN_HOSTS_UNREADABLE: {
    when: 'a known_hosts file exists but could not be read, so no host can be trusted',
    retry: 'no',
    next: 'A person makes the file that is named readable for the account that runs this server.',
  },
  TRANSPORT_AUTH_FAILED: {
    when: 'the host accepted none of our keys for this user',
    retry: 'no',
    next: 'A person puts one of the keys on the host (`ssh-copy-id USER@HOST`), or names the right one as identity_file in hosts.json.',
  },
  TRANSPORT_JUMP_INVALID: {
    when: 'a proxy_jump leads to an unknown host or back to itself',
    retry: 'no',
    next: 'Correct proxy_jump in hosts.json.',
  },
  TRANSPORT_CHANNEL_REFUSED: {
    when: 'the host refused to open a channel on a good connection; nothing was run',
    retry: 'later',
    next: 'Try again when other commands on this host have ended, or raise MaxSessions in its sshd_config.',
  },
  TRANSPORT_EXEC_REFUSED: {
    when: 'the host opened a channel but refused to run a command',
    retry: 'no',
    next: 'Check that the account may run commands (no `internal-sftp` only, no restricted subsystem).',
  },
  TRANSPORT_CONNECTION_DEAD: {
    when: 'the connection was gone before anything was sent; nothing was run',
    retry: 'yes',
    next: 'Call again; a new connection is made.',
  },
  TRANSPORT_CONNECTION_LOST: {
    when: 'the connection was lost after the command was sent: it may have run, wholly or in part',
    retry: 'no',
    next: 'Check on the host what happened before running it again.',
  },
  TRANSPORT_SHELL_UNSUPPORTED: {
    when: 'the login shell of the account is not one whose quoting we vouch for, and the template has parameters',
    retry: 'no',
    next: 'A person gives the account sh, dash, bash, zsh, ksh, mksh, BusyBox sh or fish as its login shell (`chsh -s /bin/sh` on the host); or use a template without parameters.',
  },
  TRANSPORT_COMMAND_TOO_LONG: {
    when: 'the command line is longer than a Linux host can start (131,072 bytes), or than a certificate can hold (32,768 bytes)',
    retry: 'no',
    next: 'Use shorter parameter values, or hand the data over on standard input.',
  },
  TRANSPORT_CANCELLED: {
    when: 'the call was cancelled before anything was sent; nothing was run',
    retry: 'no',
    next: 'Call again if it is still wanted.',
  },
})
