import type ssh2 from 'ssh2'

/** What a command prints on a client of ssh2 itself, without anything of ours between. */
export function execOutput(client: ssh2.Client, command: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) return reject(error)
      const chunks: Buffer[] = []
      channel.on('data', (chunk: Buffer) => chunks.push(chunk))
      channel.stderr.resume()
      channel.once('close', () => resolve(Buffer.concat(chunks)))
    })
  })
}
