import type { RemoteReader, RemoteStat } from '@sshmcp/transport'
import { outOfOrder, readAttributes, requireType, statusEnd, statusError, statusOf } from './answers.ts'
import { abortable, type Conversation } from './conversation.ts'
import { PacketWriter, packet } from './packets.ts'

/** What every OpenSSH reads at once; tried: more under way is no faster, and smaller requests cost time of their own. */
const chunkBytes = 65_536
const mostUnderWay = 32

interface Chunk {
  /** Settles when `bytes` is complete; never rejects before somebody listens. */
  readonly done: Promise<void>
  bytes: readonly Buffer[]
  isDone: boolean
  isEnd: boolean
}

/** An open file, read by many requests at once and handed on in order. */
export class Ssh2RemoteReader implements RemoteReader {
  readonly #conversation: Conversation
  readonly #handle: Buffer
  readonly #what: string

  constructor(conversation: Conversation, handle: Buffer, what: string) {
    this.#conversation = conversation
    this.#handle = handle
    this.#what = what
  }

  stat(signal: AbortSignal): Promise<RemoteStat> {
    return statHandle(this.#conversation, this.#handle, this.#what, signal)
  }

  async *read(signal: AbortSignal): AsyncGenerator<readonly Uint8Array[]> {
    const chunks: Chunk[] = []
    let underWay = 2
    let offset = 0
    const ask = (): void => {
      for (; chunks.length < underWay; offset += chunkBytes) chunks.push(this.#chunk(offset))
    }
    const { pieces } = this.#conversation
    try {
      for (ask(); ; ask()) {
        const [first] = chunks
        if (first !== undefined) await abortable(first.done, signal)
        const ready = takeReady(chunks)
        // A small file costs few requests, a large one soon fills the line.
        underWay = Math.min(mostUnderWay, underWay * 2)
        if (!ready.isEnd) ask()
        if (ready.bytes.length > 0) yield ready.bytes
        for (const piece of ready.bytes) pieces.giveBack(piece)
        if (ready.isEnd) return
      }
    } finally {
      pieces.clear()
    }
  }

  close(): Promise<void> {
    return closeHandle(this.#conversation, this.#handle)
  }

  #chunk(offset: number): Chunk {
    const chunk = { bytes: [], isDone: false, isEnd: false, done: Promise.resolve() }
    const done = this.#fill(chunk, offset)
    done.catch(() => {})
    return Object.assign(chunk, { done })
  }

  /** A short answer is not the end (§6.4 of the draft): what is missing is asked for again. */
  async #fill(chunk: { bytes: readonly Buffer[]; isDone: boolean; isEnd: boolean }, offset: number): Promise<void> {
    const parts: Buffer[] = []
    for (let got = 0; got < chunkBytes && !chunk.isEnd; ) {
      const fields = new PacketWriter()
        .bytes(this.#handle)
        .u64(offset + got)
        .u32(chunkBytes - got)
        .done()
      const part = await this.#data(fields)
      if (part.length === 0) chunk.isEnd = true
      else parts.push(part)
      got += part.length
    }
    chunk.bytes = parts
    chunk.isDone = true
  }

  /** Empty at the end of the file. */
  async #data(fields: Buffer): Promise<Buffer> {
    const answer = await this.#conversation.send(packet.read, fields)
    return this.#conversation.parse(() => {
      if (answer.type === packet.data) return answer.fields.bytes()
      const status = statusOf(answer)
      if (status === statusEnd) return Buffer.alloc(0)
      throw status === undefined || status === 0 ? outOfOrder(this.#what) : statusError(status, this.#what)
    })
  }
}

/** Takes what is complete from the front, to the end of the file if it is among it. */
function takeReady(chunks: Chunk[]): { readonly bytes: readonly Buffer[]; readonly isEnd: boolean } {
  const bytes: Buffer[] = []
  for (let first = chunks[0]; first?.isDone === true; first = chunks[0]) {
    chunks.shift()
    bytes.push(...first.bytes)
    if (first.isEnd) return { bytes, isEnd: true }
  }
  return { bytes, isEnd: false }
}

export async function statHandle(
  conversation: Conversation,
  handle: Buffer,
  what: string,
  signal: AbortSignal,
): Promise<RemoteStat> {
  const answer = await conversation.ask(packet.fstat, new PacketWriter().bytes(handle).done(), signal)
  return conversation.parse(() => readAttributes(requireType(answer, packet.attrs, what)))
}

/** Nothing is owed to a handle whose conversation is over; a host that cannot close one has closed it. */
export async function closeHandle(conversation: Conversation, handle: Buffer): Promise<void> {
  await conversation.send(packet.close, new PacketWriter().bytes(handle).done()).catch(() => {})
}
