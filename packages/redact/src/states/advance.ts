import { shapeOf } from '../scan/private-key.ts'
import type { LineScan } from '../scan/scan.ts'
import { type Carry, indentOf, isWaiting } from './carry.ts'
import { continueKey, continuePutty } from './key-body.ts'
import { continueData, followManifest, maskInlineManifest } from './kubernetes.ts'
import { continueListed } from './listed.ts'
import { continueBlock, continueExpect, continueSibling, revealing } from './next-line.ts'
import { continueColumns } from './rows.ts'

/** Lets every open state have its say about the line. */
export function advance(carry: Carry, { line, spans, holes }: LineScan): void {
  if (!isWaiting(carry)) return
  if (continueKey(carry, line, spans)) return
  continuePutty(carry, line, spans)
  continueBlock(carry, line, spans)
  if (spans.empty && holes.length === 0) continueExpect(carry, line, spans)
  else carry.expect = undefined
  continueSibling(carry, line, spans)
  continueData(carry, line, spans)
  continueColumns(carry, line, spans)
  continueListed(carry, line, spans)
}

/** Opens the states that this line is the beginning of. */
export function noteStates(carry: Carry, scan: LineScan): void {
  const { line, pending } = scan
  if (scan.privateKeyPrefix !== undefined) {
    carry.key = { shape: shapeOf(scan.privateKeyPrefix), lines: 0, blank: 0, short: false }
    return
  }
  if (pending?.kind === 'block') carry.block ??= { rule: pending.rule, indent: indentOf(line) }
  else if (pending?.kind === 'value') carry.expect = { rule: pending.rule, lines: 3, sure: false }
  else if (pending?.kind === 'sibling') carry.sibling = { rule: pending.rule, lines: 6, hosts: false }
  else if (pending?.kind === 'hosts') carry.sibling = { rule: pending.rule, lines: 4, hosts: true }
  else if (pending?.kind === 'pairs' || pending?.kind === 'codes') carry.listed = { kind: pending.kind, lines: 24 }
  if (scan.columns !== undefined) carry.columns = scan.columns
  if (scan.manifest) {
    followManifest(carry, line)
    maskInlineManifest(line, scan.spans)
  } else if (carry.kube.apiLines > 0) carry.kube.apiLines--
  if (scan.command && revealing.test(line.slice(0, 2000)))
    carry.expect = { rule: 'command-output', lines: 2, sure: true }
  const putty = scan.putty
  if (putty > 0) carry.putty = Math.min(putty, 200)
}
