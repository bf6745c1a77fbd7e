import { defineErrors } from '@sshmcp/kernel'

/** What can go wrong between us and a file on a host. */
export const sftpErrors = defineErrors({
  SFTP_UNAVAILABLE: {
    when: 'the host is reached, but offers no file transfer (no sftp subsystem)',
    retry: 'no',
    next: 'Enable `Subsystem sftp internal-sftp` in the sshd_config of the host.',
  },
  SFTP_NOT_FOUND: {
    when: 'the host has no such file or folder',
    retry: 'no',
    next: 'List the folder with sftp_list_directory and use a name from there.',
  },
  SFTP_PERMISSION_DENIED: {
    when: 'the account on the host may not do this',
    retry: 'no',
    next: 'Check owner and mode on the host, or choose a place that the account may use.',
  },
  SFTP_EXISTS: {
    when: 'something has that name on the host already',
    retry: 'no',
    next: 'Choose another name, or send overwrite: true if the file may be replaced.',
  },
  SFTP_NOT_ATOMIC: {
    when: 'the host cannot replace a file in one step, and there is one of that name',
    retry: 'no',
    next: 'Delete the file first with sftp_delete, or choose another name.',
  },
  SFTP_FAILED: {
    when: 'the host said that it failed and not why; a full disk or quota looks like this',
    retry: 'no',
    next: 'Check free space and quota on the host (get_host_facts shows the disks).',
  },
  SFTP_PROTOCOL: {
    when: 'the host answered with something that is not SFTP version 3',
    retry: 'no',
    next: 'Check that the login of the account prints nothing and that its sftp subsystem is a real one.',
  },
  SFTP_CONNECTION_LOST: {
    when: 'the connection was lost, or the host stopped answering, in the middle of a file operation',
    retry: 'yes',
    next: 'Call again; what was unfinished is not under its name.',
  },
  SFTP_CANCELLED: {
    when: 'the call was cancelled',
    retry: 'no',
    next: 'Call again if it is still wanted.',
  },
})

/** What can go wrong with our own side of a transfer. */
export const localFileErrors = defineErrors({
  LOCAL_PATH_FORBIDDEN: {
    when: 'a local path leads out of the transfer folder, or to something that is not a plain file of ours with one name',
    retry: 'no',
    next: 'Use a path relative to the transfer folder, to a plain file in it.',
  },
  LOCAL_NOT_FOUND: {
    when: 'the transfer folder has no such file',
    retry: 'no',
    next: 'Have the file put into the transfer folder first (SSH_MCP_TRANSFER_DIR, else transfers in the config folder); local_path is relative to it.',
  },
  LOCAL_EXISTS: {
    when: 'the transfer folder has a file of that name already',
    retry: 'no',
    next: 'Choose another local_path, or send overwrite: true if the file may be replaced.',
  },
  LOCAL_NO_SPACE: {
    when: 'the disk of this machine is full, or a quota is used up',
    retry: 'later',
    next: 'A person frees some space on the disk of the transfer folder.',
  },
  LOCAL_FAILED: {
    when: 'this machine could not read or write in the transfer folder',
    retry: 'no',
    next: 'A person checks owner, mode and disk of the transfer folder (SSH_MCP_TRANSFER_DIR, else transfers in the config folder).',
  },
})
