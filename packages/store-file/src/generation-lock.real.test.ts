import { describe, expect, test } from 'vitest'
import { type Attempt, attempt, type LockFile, type LockFolder, release } from './generation-lock.ts'

/** A folder in memory. A listing may be as old as the last step of whoever asks: readdir(3) promises no more. */
class MemoryFolder {
  readonly files = new Map<string, { content: string; names: number }>()
  #private = 0

  view(dead: ReadonlySet<string>, listing: () => readonly string[]): LockFolder {
    return {
      list: listing,
      create: (content) => this.#create(content, dead),
      read: (name) => this.files.get(name)?.content,
      want: (name, byte) => {
        const file = this.files.get(name)
        if (file !== undefined) file.content = `${file.content[0]}${byte}${file.content.slice(2)}`
      },
      remove: (name) => {
        const file = this.files.get(name)
        if (file !== undefined) file.names -= 1
        this.files.delete(name)
      },
    }
  }

  #create(content: string, _dead: ReadonlySet<string>): LockFile {
    const own = `t.${++this.#private}`
    const file = { content, names: 1 }
    this.files.set(own, file)
    return {
      link: (name) => {
        if (this.files.has(name)) return false
        this.files.set(name, file)
        file.names += 1
        return true
      },
      unlinkPrivate: () => {
        this.files.delete(own)
        file.names -= 1
      },
      isForgotten: () => file.names === 0,
      mark: (byte) => {
        file.content = `${byte}${file.content.slice(1)}`
      },
      wanted: () => file.content[1] ?? '',
      close: () => {},
    }
  }

  names(): readonly string[] {
    return [...this.files.keys()].filter((name) => !name.startsWith('t.'))
  }

  /** The folder as text: equal folders are equal worlds. */
  key(): string {
    return [...this.files]
      .map(([name, { content, names }]) => `${name.startsWith('t.') ? 't' : name}=${content}${names}`)
      .sort()
      .join()
  }
}

type Contender = {
  readonly id: string
  steps: Generator<void, Attempt> | undefined
  /** What it is about to do, and what it has seen: with the folder, all that its future depends on. */
  trace: string
  file: LockFile | undefined
  /** The generation that it last found held. */
  seen: number | undefined
  rounds: number
  isDead: boolean
  listed: readonly string[]
}

/** One run of the model, moved on choice by choice. */
class World {
  readonly folder = new MemoryFolder()
  readonly dead = new Set<string>()
  readonly contenders: Contender[]
  readonly #kept: number
  crashes = 0
  #useOld = false

  constructor(ids: readonly string[], kept: number) {
    this.#kept = kept
    this.contenders = ids.map((id) => ({
      id,
      steps: undefined,
      trace: '',
      file: undefined,
      seen: undefined,
      rounds: 0,
      isDead: false,
      listed: [],
    }))
  }

  get holders(): number {
    return this.contenders.filter(({ file, isDead }) => file !== undefined && !isDead).length
  }

  /** Moves one contender by one step: `old` gives it the listing of its step before, `next` no listing at all. */
  step(contender: Contender, how: Exclude<Choice['what'], 'crash'>): void {
    this.#useOld = how === 'old'
    if (contender.file !== undefined) {
      release(contender.file)
      contender.file = undefined
      contender.rounds += 1
      contender.trace = ''
    } else this.#try(contender, how === 'next' ? contender.seen : undefined)
    contender.listed = this.folder.names()
  }

  #try(contender: Contender, after: number | undefined): void {
    const view = this.folder.view(this.dead, () => {
      const names = this.#useOld ? contender.listed : this.folder.names()
      contender.trace += `[${names.join()}]`
      return names
    })
    const watched: LockFolder = {
      ...view,
      read: (name) => {
        const content = view.read(name)
        contender.trace += `<${content}>`
        return content
      },
    }
    const isGone = (id: string): boolean => after === undefined && this.dead.has(id)
    contender.steps ??= attempt(watched, contender.id, isGone, { kept: this.#kept, after })
    const step = contender.steps.next()
    contender.trace += '.'
    if (!step.done) return
    contender.steps = undefined
    contender.trace = ''
    if (step.value.outcome === 'held') contender.file = step.value.file
    contender.seen = step.value.outcome === 'busy' ? step.value.generation : undefined
  }

  crash(contender: Contender): void {
    contender.isDead = true
    this.dead.add(contender.id)
    this.crashes += 1
  }

  key(): string {
    const each = this.contenders.map(
      ({ trace, file, seen, rounds, isDead, listed }) =>
        `${trace}|${file !== undefined}|${seen}|${rounds}|${isDead}|${listed.join()}`,
    )
    return `${this.folder.key()}#${each.join('#')}#${this.crashes}`
  }
}

type Choice = { readonly who: number; readonly what: 'step' | 'old' | 'next' | 'crash' }

/** All interleavings, equal worlds taken once; the choices that lead to two holders, or undefined. */
function explore(
  kept: number,
  rounds: number,
  most: number,
): { readonly broken: readonly Choice[] | undefined; readonly worlds: number } {
  const seen = new Set<string>()
  const open: Choice[][] = [[]]
  while (open.length > 0 && seen.size < most) {
    const path = open.pop() ?? []
    const world = replay(path, kept)
    if (world.holders > 1) return { broken: path, worlds: seen.size }
    const key = world.key()
    if (seen.has(key)) continue
    seen.add(key)
    for (const [who, contender] of world.contenders.entries()) {
      if (contender.isDead || contender.rounds >= rounds) continue
      open.push([...path, { who, what: 'step' }])
      if (contender.listed.join() !== world.folder.names().join()) open.push([...path, { who, what: 'old' }])
      if (contender.steps === undefined && contender.seen !== undefined) open.push([...path, { who, what: 'next' }])
      if (world.crashes < 2) open.push([...path, { who, what: 'crash' }])
    }
  }
  return { broken: undefined, worlds: seen.size }
}

function replay(path: readonly Choice[], kept: number): World {
  const world = new World(['a', 'b', 'c'], kept)
  for (const { who, what } of path) {
    const contender = world.contenders[who]
    if (contender === undefined) continue
    if (what === 'crash') world.crash(contender)
    else world.step(contender, what)
  }
  return world
}

describe('the generation lock', () => {
  test('never has two holders, in any order of steps of 3 processes and with 2 crashes', { timeout: 300_000 }, () => {
    const most = 200_000
    const { broken, worlds } = explore(2, 1, most)
    expect(broken).toBeUndefined()
    // All there are: the search ended by itself.
    expect(worlds).toBeGreaterThan(50_000)
    expect(worlds).toBeLessThan(most)
  })

  test('would have two holders if old generations were pruned too soon, and the model sees it', {
    timeout: 120_000,
  }, () => {
    const { broken } = explore(-2, 2, 200_000)
    expect(broken).toBeDefined()
  })

  test('is free again once its holder is dead, and not before', () => {
    const world = new World(['a', 'b'], 64)
    const [a, b] = world.contenders
    if (a === undefined || b === undefined) throw new Error('no contenders')
    while (a.file === undefined) world.step(a, 'step')
    for (let at = 0; at < 50; at++) world.step(b, 'step')
    expect(b.file).toBeUndefined()
    expect([...world.folder.files.values()][0]?.content).toBe('HWa')
    world.crash(a)
    for (let at = 0; at < 50 && b.file === undefined; at++) world.step(b, 'step')
    expect(b.file).toBeDefined()
  })
})
