import type { RemoteStat } from '../sftp-channel.ts'

/** A plain file of a {@link MemoryTree}. */
export interface TreeFile {
  readonly type: 'file'
  content: Uint8Array
  mode: number
  uid: number
  links: number
  modifiedSeconds: number
}

type Node =
  | TreeFile
  | { readonly type: 'directory'; readonly children: Map<string, Node>; readonly mode?: number }
  | { readonly type: 'symlink'; readonly target: string }
  | { readonly type: 'other' }

const deepest = 40

/** Folders, files, links and what is none of them, in memory: what a host has, for tests. Paths are absolute. */
export class MemoryTree {
  readonly #root: Node = { type: 'directory', children: new Map() }

  /** Makes a file with the folders above it, or replaces it. */
  put(path: string, content: string | Uint8Array, overrides: Partial<TreeFile> = {}): TreeFile {
    this.folder(parentOf(path))
    const file = this.add(path, typeof content === 'string' ? Buffer.from(content) : content, 0o644)
    if (file === undefined) throw new RangeError(`${path} has no folder`)
    return Object.assign(file, overrides)
  }

  folder(path: string): void {
    let here = ''
    for (const name of namesOf(path)) {
      here = `${here}/${name}`
      if (this.#find(here, true) === undefined) this.#set(here, { type: 'directory', children: new Map() })
    }
  }

  link(path: string, target: string): void {
    this.folder(parentOf(path))
    this.#set(path, { type: 'symlink', target })
  }

  /** A device, a FIFO, a socket. */
  other(path: string): void {
    this.folder(parentOf(path))
    this.#set(path, { type: 'other' })
  }

  /** The text of a file; undefined when there is none. Follows links. */
  text(path: string): string | undefined {
    const file = this.file(path)
    return file === undefined ? undefined : Buffer.from(file.content).toString()
  }

  file(path: string): TreeFile | undefined {
    const node = this.#find(path, true)
    return node?.type === 'file' ? node : undefined
  }

  /** A new file in a folder that exists. */
  add(path: string, content: Uint8Array, mode: number): TreeFile | undefined {
    const file: TreeFile = { type: 'file', content, mode, uid: 1000, links: 1, modifiedSeconds: 1_767_225_600 }
    return this.#set(path, file) ? file : undefined
  }

  /** A new folder in one that exists. */
  addFolder(path: string, mode: number): boolean {
    return this.#set(path, { type: 'directory', children: new Map(), mode })
  }

  names(path: string): readonly string[] | undefined {
    const node = this.#find(path, true)
    return node?.type === 'directory' ? [...node.children.keys()] : undefined
  }

  lstat(path: string): RemoteStat | undefined {
    const node = this.#find(path, false)
    return node === undefined ? undefined : this.statOf(node)
  }

  statOf(node: Node): RemoteStat {
    const plain = { size: 0, mode: 0o755, uid: 1000, gid: 1000, modifiedSeconds: 1_767_225_600, type: node.type }
    if (node.type === 'directory') return { ...plain, mode: node.mode ?? plain.mode }
    if (node.type !== 'file') return plain
    return {
      ...plain,
      size: node.content.length,
      mode: node.mode,
      uid: node.uid,
      modifiedSeconds: node.modifiedSeconds,
    }
  }

  /** With every link followed; the last name need not exist. */
  realpath(path: string, depth = 0): string | undefined {
    let real = ''
    const names = namesOf(path)
    for (const [index, name] of names.entries()) {
      const next = `${real}/${name}`
      const node = this.#child(real, name)
      if (node === undefined) return index === names.length - 1 ? next : undefined
      if (node.type !== 'symlink') real = next
      else if (depth >= deepest) return undefined
      else {
        const target = node.target.startsWith('/') ? node.target : `${real}/${node.target}`
        const followed = this.realpath(target, depth + 1)
        if (followed === undefined) return undefined
        real = followed === '/' ? '' : followed
      }
    }
    return real === '' ? '/' : real
  }

  move(from: string, to: string): boolean {
    const node = this.#find(from, false)
    if (node === undefined || !this.#set(to, node)) return false
    return this.remove(from)
  }

  remove(path: string): boolean {
    const folder = this.#find(parentOf(path), true)
    return folder?.type === 'directory' && folder.children.delete(nameOf(path))
  }

  #set(path: string, node: Node): boolean {
    const folder = this.#find(parentOf(path), true)
    if (folder?.type !== 'directory') return false
    folder.children.set(nameOf(path), node)
    return true
  }

  #find(path: string, follows: boolean): Node | undefined {
    const whole = follows ? this.realpath(path) : this.#realName(path)
    if (whole === undefined) return undefined
    let node: Node | undefined = this.#root
    for (const name of namesOf(whole)) node = node?.type === 'directory' ? node.children.get(name) : undefined
    return node
  }

  #realName(path: string): string | undefined {
    if (namesOf(path).length === 0) return '/'
    const folder = this.realpath(parentOf(path))
    return folder === undefined ? undefined : `${folder}/${nameOf(path)}`
  }

  #child(realFolder: string, name: string): Node | undefined {
    let node: Node | undefined = this.#root
    for (const part of [...namesOf(realFolder), name]) {
      node = node?.type === 'directory' ? node.children.get(part) : undefined
    }
    return node
  }
}

function namesOf(path: string): readonly string[] {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return names
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
