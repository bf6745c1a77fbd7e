/** Smaller pieces may be parts of memory that others use; to free them would gain little. */
const leastBytes = 16_384

/** Undefined in Node 20, where memory waits for the garbage collector. */
const transfer: unknown = Reflect.get(ArrayBuffer.prototype, 'transfer')

/**
 * Gives the memory that a piece lies in back to the system. Every view on it is empty from then on.
 *
 * Memory of buffers is no part of the heap: by the size of what waits to be freed the garbage collector begins, with all of
 * the heap. A transfer that leaves four buffers per packet to it spends more time there than on its own work.
 */
export function freeMemory({ buffer }: Uint8Array): void {
  if (typeof transfer === 'function') Reflect.apply(transfer, buffer, [0])
}

/** As {@link freeMemory}, where nothing else can lie in the same memory: what shares it is shorter than half of it. */
export function freeIfAlone(piece: Uint8Array): void {
  if (piece.length >= leastBytes && piece.length > piece.buffer.byteLength / 2) freeMemory(piece)
}
