/**
 * The folder of this machine that one identity may move files to and from. A path is relative to it, or absolute within it;
 * whatever would lead out of it, be it a link, a hard link or somebody else's file, is refused with LOCAL_PATH_FORBIDDEN.
 *
 * All methods may also throw LOCAL_FAILED, and LOCAL_NO_SPACE where they write.
 */
export interface LocalFiles {
  /** @throws LOCAL_NOT_FOUND */
  openRead(path: string): Promise<LocalSource>
  /**
   * Begins a file that gets its name only when it is complete. Folders on the way are made.
   *
   * @throws LOCAL_EXISTS at once when the name is taken and `replace` is false
   */
  create(path: string, replace: boolean): Promise<LocalTarget>
}

/** A local file to read. Close it. */
export interface LocalSource {
  /** Absolute. */
  readonly path: string
  readonly size: number
  /** Permission bits, 0 to 0o777. */
  readonly mode: number
  /** The content to wherever the end is when it is reached. What is yielded is lent until the next is asked for. */
  read(signal: AbortSignal): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** A local file that is being written, under a name that nobody knows. Finish or discard it. */
export interface LocalTarget {
  /** Absolute: where it will stand. */
  readonly path: string
  /** Has no more use for the memory when it resolves. */
  write(chunks: readonly Uint8Array[]): Promise<void>
  /** Makes the content durable and reads it again from the beginning, lending it as `LocalSource.read` does. */
  readBack(signal: AbortSignal): AsyncIterable<Uint8Array>
  /**
   * Gives it its name in one step and ends it.
   *
   * @throws LOCAL_EXISTS when `replace` was false and somebody took the name meanwhile
   */
  finish(): Promise<void>
  /** Leaves nothing behind; does nothing after `finish`. */
  discard(): Promise<void>
}
