import { once } from 'node:events'

/**
 * Resolves when the client on stdin and stdout has gone or reads no more, the SDK gave it up (a line over ten megabytes ends its
 * transport for good, and stdin, which it pauses, would never say so), or the process was told to stop (SIGTERM, SIGINT).
 * What is written for nobody must not end the process: what it runs on hosts would be left there, and the journal without its end.
 */
export async function clientGone(sdk: { onclose?: () => void }): Promise<void> {
  process.stderr.on('error', () => {})
  await Promise.race([
    new Promise<void>((resolve) => {
      sdk.onclose = resolve
    }),
    new Promise<void>((resolve) => process.stdout.on('error', () => resolve())),
    once(process.stdin, 'end'),
    once(process.stdin, 'close'),
    once(process, 'SIGTERM'),
    once(process, 'SIGINT'),
  ])
}
