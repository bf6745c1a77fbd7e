/** What stands under a name on a host. */
export interface RemoteStat {
  readonly type: 'file' | 'directory' | 'symlink' | 'other'
  readonly size: number
  /** Permission bits with setuid, setgid and sticky: 0 to 0o7777. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Seconds since the epoch. */
  readonly modifiedSeconds: number
}

/** One name of a folder, never `.` or `..`. */
export interface RemoteEntry extends RemoteStat {
  /** See {@link SftpChannel} for what it is when the bytes on the host are not UTF-8. */
  readonly name: string
  /** How many names the file has; undefined when the host does not tell. */
  readonly links: number | undefined
}

/** What the host itself read of a file, by a program of its own. */
export interface HostReading {
  /** Lower-case hex, of the first bytes that were asked for. */
  readonly sha256: string
  /** How many names the file has. */
  readonly links: number
}

/** What is to be true of a file before the host gives it another name. */
export interface PlacingWish {
  /** In bytes. */
  readonly length: number
  /** Lower-case hex, of the whole file. */
  readonly sha256: string
  /** Whether a plain file of that name may be replaced. */
  readonly replace: boolean
}

/**
 * What became of it. `exists`: something has the name that is not to be replaced; `different`: the content is not what it
 * should be, or the file has another name besides.
 */
export type Placing = 'placed' | 'exists' | 'different' | 'elsewhere'

/**
 * A conversation about files with one host (draft-ietf-secsh-filexfer-02 and OpenSSH's extensions to it).
 *
 * Paths are absolute. A file name on a host is bytes; here it is text in which each byte that is not part of valid UTF-8
 * stands as a lone surrogate U+DC80 to U+DCFF, so that every name can be told from every other and used again (PEP 383).
 *
 * All methods throw SFTP_CANCELLED when their signal fires, SFTP_CONNECTION_LOST when the connection goes or the host stops
 * answering, SFTP_NOT_FOUND, SFTP_PERMISSION_DENIED, and SFTP_FAILED for what the host does not explain.
 */
export interface SftpChannel {
  /** The path with every link followed; the last part need not exist. */
  realpath(path: string, signal: AbortSignal): Promise<string>
  /** What stands under the name itself: a link is a link. */
  lstat(path: string, signal: AbortSignal): Promise<RemoteStat>
  /** The names of a folder, in the host's own order, in portions. Leaving the loop early ends the reading. */
  list(path: string, signal: AbortSignal): AsyncIterable<readonly RemoteEntry[]>
  openRead(path: string, signal: AbortSignal): Promise<RemoteReader>
  /** Makes a new file. @throws SFTP_EXISTS when something has the name already */
  create(path: string, mode: number, signal: AbortSignal): Promise<RemoteWriter>
  /** Makes a new folder in one that is there. @throws SFTP_EXISTS when something has the name already */
  createFolder(path: string, mode: number, signal: AbortSignal): Promise<void>
  /**
   * Gives a file another name in one step. With `replace` a file of that name is replaced in the same step; without it
   * nothing is, whoever makes the name meanwhile.
   *
   * @throws SFTP_EXISTS; SFTP_NOT_ATOMIC when the host cannot replace in one step and something has the name
   */
  rename(from: string, to: string, replace: boolean, signal: AbortSignal): Promise<void>
  /** Removes a name that is no folder. */
  remove(path: string, signal: AbortSignal): Promise<void>
  /**
   * Lets the host read the first `length` bytes of a file itself.
   *
   * This and the next two work from within the folder of the path, which has every link followed already. `elsewhere`: the
   * folder is not reached without a link, or no plain file has the name there. Whatever is done to the path meanwhile, what
   * is worked on is in that folder; the requests above can only look before and after. Undefined where the host runs no
   * programs for us, or not all that it takes: nothing was changed then.
   */
  readOnHost(path: string, length: number, signal: AbortSignal): Promise<HostReading | 'elsewhere' | undefined>
  /** Gives a file another name in the same folder, in one step, if it is what it should be. */
  placeOnHost(from: string, to: string, wish: PlacingWish, signal: AbortSignal): Promise<Placing | undefined>
  /** Removes a plain file or a link. */
  removeOnHost(path: string, signal: AbortSignal): Promise<'removed' | 'elsewhere' | undefined>
  /** Ends the conversation; safe to call twice. */
  close(): Promise<void>
}

/** An open file of a host. Close it. */
export interface RemoteReader {
  stat(signal: AbortSignal): Promise<RemoteStat>
  /**
   * The content from its beginning to wherever the end is when it is reached, in order, with several requests under way.
   * What is yielded is lent until the next is asked for.
   */
  read(signal: AbortSignal): AsyncIterable<readonly Uint8Array[]>
  close(): Promise<void>
}

/** A new file of a host. Close it. */
export interface RemoteWriter {
  stat(signal: AbortSignal): Promise<RemoteStat>
  /**
   * Writes everything that the source yields, one after the other, with several requests under way. Returns the count. The
   * source gets what it yielded back when it is asked for the next.
   */
  write(source: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<number>
  /** The permission bits, 0 to 0o777. */
  chmod(mode: number, signal: AbortSignal): Promise<void>
  /** Whose the file is; only the superuser may give files away. */
  chown(uid: number, gid: number, signal: AbortSignal): Promise<void>
  /** Makes the content durable; false where the host cannot be asked to. */
  sync(signal: AbortSignal): Promise<boolean>
  close(): Promise<void>
}
