/** How many old generations are kept, so that whoever slept for long still sees that time went on. */
const keptGenerations = 64

/** The few things that the lock does to its folder; each is one step that others may come between. */
export interface LockFolder {
  /** Names in the folder. May miss or show what is made or removed meanwhile. */
  list(): readonly string[]
  /** A private file with this content, under a name that is no number. */
  create(content: string): LockFile
  /** The content of a file; undefined when it is not there. */
  read(name: string): string | undefined
  /** Writes the second byte of a file, if it is still there. */
  want(name: string, byte: string): void
  remove(name: string): void
}

/** An open private file. */
export interface LockFile {
  /** Gives the file this name, if the name is free. Whole or not at all. */
  link(name: string): boolean
  /** Takes the private name away. */
  unlinkPrivate(): void
  /** True when no name leads to it any more. */
  isForgotten(): boolean
  /** Writes the first byte. Opens nothing, so that it works when nothing can be opened. */
  mark(byte: string): void
  /** The second byte. */
  wanted(): string
  close(): void
}

/** What one attempt came to. */
export type Attempt =
  | { readonly outcome: 'held'; readonly generation: number; readonly file: LockFile }
  | { readonly outcome: 'busy'; readonly generation: number; readonly holder: string }
  | { readonly outcome: 'lost' }

// A file is two bytes and an identity: is it held, and does somebody else want it?
const held = 'H'
const released = 'R'
const calm = '-'
const wanted = 'W'

/** How an attempt is made. */
export interface AttemptOptions {
  /** Generations that are left in the folder. */
  readonly kept?: number
  /** A generation that was the newest a moment ago: those after it are looked for one by one, not by a listing. */
  readonly after?: number | undefined
}

/**
 * One attempt to become the next generation, as steps: at each `yield` other processes may act.
 *
 * The highest number is the holder. It is free once its first byte says so or its process is dead; then the first to
 * `link` the next number has the lock. Nothing is ever broken by deletion: only numbers far behind go. A process that
 * decided long ago may find its number free because it was pruned, so it looks again after linking, and steps back if
 * a higher one exists or if its own has been pruned already.
 */
export function* attempt(
  folder: LockFolder,
  identity: string,
  isGone: (identity: string) => boolean,
  { kept = keptGenerations, after }: AttemptOptions = {},
): Generator<void, Attempt> {
  const highest = after === undefined ? highestOf(folder.list()) : yield* newestFrom(folder, after)
  yield
  if (highest > 0) {
    const content = folder.read(nameOf(highest))
    yield
    if (content === undefined) return { outcome: 'lost' }
    const holder = content.slice(2)
    if (!content.startsWith(released) && !isGone(holder)) {
      // The holder may keep it for a while if nobody asks.
      if (content[1] !== wanted) folder.want(nameOf(highest), wanted)
      return { outcome: 'busy', generation: highest, holder }
    }
  }
  return yield* claim(folder, identity, highest + 1, kept)
}

/** The second half of `attempt`, for whoever knows that the generation before was free. */
export function* claim(
  folder: LockFolder,
  identity: string,
  generation: number,
  kept = keptGenerations,
): Generator<void, Attempt> {
  const file = folder.create(held + calm + identity)
  yield
  try {
    const isFirst = file.link(nameOf(generation))
    yield
    file.unlinkPrivate()
    if (!isFirst) {
      file.close()
      return { outcome: 'lost' }
    }
    yield
    const names = folder.list()
    yield
    if (highestOf(names) > generation || file.isForgotten()) {
      file.close()
      return { outcome: 'lost' }
    }
    for (const number of numbersOf(names)) {
      if (number < generation - kept) folder.remove(nameOf(number))
      yield
    }
    return { outcome: 'held', generation, file }
  } catch (error) {
    // The number may be ours by now: free it, or nobody gets in until this process ends.
    file.mark(released)
    file.close()
    throw error
  }
}

/** True while a generation says that it is held; a holder that died goes on saying so. */
export function isHeld(folder: LockFolder, generation: number): boolean {
  return folder.read(nameOf(generation))?.startsWith(held) === true
}

/** True once somebody else asked for the lock. */
export function isWanted(file: LockFile): boolean {
  return file.wanted() === wanted
}

/** Gives the lock back. */
export function release(file: LockFile): void {
  file.mark(released)
  file.close()
}

function* newestFrom(folder: LockFolder, generation: number): Generator<void, number> {
  let newest = generation
  while (folder.read(nameOf(newest + 1)) !== undefined) {
    newest += 1
    yield
  }
  return newest
}

function nameOf(generation: number): string {
  return String(generation).padStart(15, '0')
}

function numbersOf(names: readonly string[]): readonly number[] {
  return names.filter((name) => /^[0-9]{15}$/.test(name)).map(Number)
}

function highestOf(names: readonly string[]): number {
  return numbersOf(names).reduce((highest, number) => Math.max(highest, number), 0)
}
