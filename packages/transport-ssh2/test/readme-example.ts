import { readFile } from 'node:fs/promises'
import { type Host, Secret, systemClock } from '@sshmcp/kernel'
import type { SshTransport } from '@sshmcp/transport'
import { createSsh2Transport } from '@sshmcp/transport-ssh2'

/** `@sshmcp/store-file` has both ports on files; these are the short way. */
export function transportWith(knownHosts: string, identity: string): SshTransport {
  const key = async (path: string) => ({ path, found: true, text: new Secret(await readFile(path, 'utf8')) }) as const
  return createSsh2Transport({
    knownHosts: { read: async () => [{ path: knownHosts, text: await readFile(knownHosts, 'utf8') }] },
    privateKeys: { named: key, defaults: async () => [await key(identity)] },
    agentSocket: process.env.SSH_AUTH_SOCK,
    clock: systemClock,
    connectTimeoutSeconds: 30,
    keepalive: { intervalSeconds: 15, countMax: 3 },
  })
}

export async function isUp(transport: SshTransport, host: Host): Promise<boolean> {
  const connection = await transport.connect(host, AbortSignal.timeout(30_000))
  const milliseconds = await connection.ping(AbortSignal.timeout(5_000))
  await connection.close()
  return milliseconds >= 0
}
