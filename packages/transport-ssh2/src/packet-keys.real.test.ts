import { KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import ssh2 from 'ssh2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { execOutput } from '../../../test/support/exec-output.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { keepPacketKeys } from './packet-keys.ts'
import { inside } from './ssh2-inside.ts'

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('the keys of packets, on a real sshd', () => {
  let sshd: TestSshd

  beforeAll(async () => {
    sshd = await startSshd({ config: ['RekeyLimit 256K'] })
  })
  afterAll(() => sshd?.stop())

  test('are key objects after each key exchange, and output comes through it whole', async () => {
    const client = new ssh2.Client()
    keepPacketKeys(client)
    let exchanges = 0
    client.on('handshake', () => exchanges++)
    await new Promise<void>((resolve, reject) => {
      client.once('ready', resolve).once('error', reject)
      const { identityFile, port, user: username } = sshd
      const algorithms: ssh2.Algorithms = { cipher: ['aes128-gcm@openssh.com'] }
      client.connect({ host: '127.0.0.1', port, username, privateKey: readFileSync(identityFile), algorithms })
    })
    const output = await execOutput(client, 'head -c 1500000 /dev/zero')
    const protocol = inside(client, '_protocol')
    expect(output.equals(Buffer.alloc(1_500_000))).toBe(true)
    expect(exchanges).toBeGreaterThan(2)
    expect(inside(inside(protocol, '_cipher'), '_encKey')).toBeInstanceOf(KeyObject)
    expect(inside(inside(protocol, '_decipher'), '_decipherKey')).toBeInstanceOf(KeyObject)
    client.end()
  })
})
