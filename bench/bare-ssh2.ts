import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import ssh2 from 'ssh2'
import type { TestSshd } from '../test/support/sshd.ts'

/** The command that every bench of a call runs. */
export const echoOk = 'echo ok'

/** A bare ssh2 client with TCP_NODELAY, logged in. */
export function bareClient(sshd: TestSshd): Promise<ssh2.Client> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client()
    client.once('ready', () => resolve(client)).once('error', reject)
    client.connect({
      sock: connect({ port: sshd.port, host: '127.0.0.1', noDelay: true }),
      username: sshd.user,
      privateKey: readFileSync(sshd.identityFile),
      authHandler: ['publickey'],
    })
  })
}

/** Runs {@link echoOk} and reads its answer. */
export function bareExec(client: ssh2.Client): Promise<void> {
  return new Promise((resolve, reject) => {
    client.exec(echoOk, (error, channel) => {
      if (error) return reject(error)
      let output = ''
      channel.on('data', (chunk: Buffer) => {
        output += chunk
      })
      channel.stderr.resume()
      channel.once('close', () => (output === 'ok\n' ? resolve() : reject(new Error('unexpected answer'))))
      channel.end()
    })
  })
}
