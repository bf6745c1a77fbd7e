import type { Columns } from '../scan/columns.ts'

/** What one line leaves for the next ones. */
export interface Carry {
  /** Inside a private key. */
  key: { readonly shape: string; lines: number; blank: number; short: boolean } | undefined
  /** Lines left of `Private-Lines: n`. */
  putty: number
  /** Inside a YAML block under a secret's name. */
  block: { readonly rule: string; readonly indent: number } | undefined
  /** The next line that is a single word is a secret. */
  expect: { readonly rule: string; lines: number; readonly sure: boolean } | undefined
  /** A `value:` on the next lines belongs to a secret's name. */
  sibling: { readonly rule: string; lines: number; readonly hosts: boolean } | undefined
  /** Lines of names with their passwords, or of codes. */
  listed: { readonly kind: 'pairs' | 'codes'; lines: number } | undefined
  /** Inside a table whose header named secrets. */
  columns: Columns | undefined
  /** The Kubernetes object being read. */
  kube: { secret: boolean; apiLines: number; dataIndent: number }
}

/** Nothing carried. */
export const emptyCarry = (): Carry => ({
  key: undefined,
  putty: 0,
  block: undefined,
  expect: undefined,
  sibling: undefined,
  listed: undefined,
  columns: undefined,
  kube: { secret: false, apiLines: 0, dataIndent: -1 },
})

/** A copy that does not change with the original. */
export const copyCarry = (carry: Carry): Carry => ({
  key: carry.key && { ...carry.key },
  putty: carry.putty,
  block: carry.block,
  expect: carry.expect && { ...carry.expect },
  sibling: carry.sibling && { ...carry.sibling },
  listed: carry.listed && { ...carry.listed },
  columns: carry.columns,
  kube: { ...carry.kube },
})

/** Whether the next line has to be looked at even when no literal is in it. */
export const isWaiting = (carry: Carry): boolean =>
  carry.key !== undefined ||
  carry.putty > 0 ||
  carry.block !== undefined ||
  carry.expect !== undefined ||
  carry.sibling !== undefined ||
  carry.listed !== undefined ||
  carry.columns !== undefined ||
  carry.kube.apiLines > 0 ||
  carry.kube.dataIndent >= 0

export const indentOf = (line: string): number => line.length - line.trimStart().length

/** Whether a line would be read alike in both. */
export const sameCarry = (a: Carry, b: Carry): boolean =>
  a === b ||
  (a.putty === b.putty &&
    a.columns === b.columns &&
    sameIn(a.listed, b.listed, (one, other) => one.kind === other.kind && one.lines === other.lines) &&
    sameKey(a.key, b.key) &&
    sameIn(a.block, b.block, (one, other) => one.rule === other.rule && one.indent === other.indent) &&
    sameIn(a.expect, b.expect, (one, o) => one.rule === o.rule && one.lines === o.lines && one.sure === o.sure) &&
    sameIn(a.sibling, b.sibling, (one, o) => one.rule === o.rule && one.lines === o.lines && one.hosts === o.hosts) &&
    a.kube.secret === b.kube.secret &&
    a.kube.apiLines === b.kube.apiLines &&
    a.kube.dataIndent === b.kube.dataIndent)

const sameKey = (a: Carry['key'], b: Carry['key']): boolean =>
  sameIn(
    a,
    b,
    (one, other) =>
      one.lines === other.lines && one.blank === other.blank && one.short === other.short && one.shape === other.shape,
  )

const sameIn = <State>(a: State | undefined, b: State | undefined, same: (a: State, b: State) => boolean): boolean =>
  a === undefined || b === undefined ? a === b : same(a, b)
