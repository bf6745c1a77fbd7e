import type ssh2 from 'ssh2'

/** ssh2 takes a tenth of a second to load, so a server that lists its tools does not wait for it. */
export async function loadSsh2(): Promise<typeof ssh2> {
  return (await import('ssh2')).default
}
