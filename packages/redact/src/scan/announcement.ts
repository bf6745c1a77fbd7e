import type { KeyClass } from './key-name.ts'
import type { LineScan } from './scan.ts'

const announcement = /^(?:\s+[\w'"()/-]{1,30}){0,12}\s*:\s*$/

/** "Please use the following password to proceed:" or a line of nothing but the name: the value may be next. */
export function noteAnnouncement(scan: LineScan, start: number, end: number, key: KeyClass): void {
  if (key.certainty !== 'sure' || !scan.spans.empty || scan.line.length - end > 200) return
  const alone = /^\s*(?:\d{1,3}\) ")?$/.test(scan.line.slice(0, start)) && /^"?\s*$/.test(scan.line.slice(end))
  if (alone || announcement.test(scan.line.slice(end))) scan.pending ??= { rule: key.rule, kind: 'value' }
}

const blockMark = /^\s*[|>][+-]?\d?\s*(?:#.*)?$/

export function notePending(scan: LineScan, key: KeyClass, at: number): void {
  if (key.certainty !== 'sure' && key.certainty !== 'likely') return
  const rest = scan.line.slice(at, at + 40).trimEnd()
  if (/^random_(?:password|string)/.test(scan.line.slice(0, 20).trimStart()))
    scan.pending ??= { rule: key.rule, kind: 'sibling' }
  else if (rest === '' || rest === '"') scan.pending ??= { rule: key.rule, kind: 'value' }
  else if (blockMark.test(rest)) scan.pending ??= { rule: key.rule, kind: 'block' }
  else if (rest === '{' || rest === '[') scan.pending ??= { rule: key.rule, kind: 'sibling' }
}
