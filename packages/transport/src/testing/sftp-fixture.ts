import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { isSshMcpError } from '@sshmcp/kernel'
import type { RemoteEntry, SftpChannel } from '../sftp-channel.ts'

/** A channel and an empty folder of its host, as the host resolves it. */
export interface SftpFixture {
  readonly channel: SftpChannel
  readonly folder: string
  /** Makes a link of the host. */
  readonly link: (path: string, target: string) => void
  /** Makes a folder of the host. */
  readonly makeFolder: (path: string) => void
  /** Ends what the fixture started. */
  dispose(): Promise<void>
}

/** Nobody cancels. */
export const never: AbortSignal = new AbortController().signal

/** So many bytes, the same ones each time. */
export function bytes(size: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8)) & 0xff))
}

/** Writes a new file; gives how many bytes the channel says it wrote. */
export async function put(channel: SftpChannel, path: string, content: Uint8Array): Promise<number> {
  const writer = await channel.create(path, 0o644, never)
  const source = async function* (): AsyncGenerator<Uint8Array> {
    // Always the same memory: what is yielded is only lent.
    const lent = Buffer.alloc(100_000)
    for (let at = 0; at < content.length; at += lent.length) {
      lent.set(content.subarray(at, at + lent.length))
      yield lent.subarray(0, content.length - at)
    }
  }
  const written = await writer.write(source(), never)
  await writer.sync(never)
  await writer.close()
  return written
}

/** A whole file. */
export async function get(channel: SftpChannel, path: string): Promise<Buffer> {
  const reader = await channel.openRead(path, never)
  const parts: Uint8Array[] = []
  for await (const chunks of reader.read(never)) parts.push(...chunks.map((chunk) => Uint8Array.from(chunk)))
  await reader.close()
  return Buffer.concat(parts)
}

/** A whole folder. */
export async function listed(channel: SftpChannel, path: string): Promise<readonly RemoteEntry[]> {
  const entries: RemoteEntry[] = []
  for await (const part of channel.list(path, never)) entries.push(...part)
  return entries
}

/** SHA-256 in hex. */
export function sha(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Passes when the work fails with this code. */
export function rejects(work: Promise<unknown>, code: string): Promise<void> {
  return assert.rejects(work, (error) => isSshMcpError(error) && error.code === code)
}
