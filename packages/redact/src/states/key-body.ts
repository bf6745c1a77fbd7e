import { shapeOf } from '../scan/private-key.ts'
import type { Spans } from '../spans.ts'
import type { Carry } from './carry.ts'

const header =
  /^[\s>|+-]*(?:Proc-Type|DEK-Info|Comment|Version|Hash|Charset|Subject|Key-Derivation|MessageID)\b[^\n]{0,200}$/
const trailingRun = /([A-Za-z0-9+/=]+)(?:\\+n|\\)?["',+; |$})\]]*$/
const longestKeyLines = 400

/** Masks the line if it goes on with the private key that was begun; otherwise the key is over. Tells whether it did. */
export function continueKey(carry: Carry, line: string, spans: Spans): boolean {
  const state = carry.key
  if (state === undefined) return false
  const text = line.trimEnd()
  const run = trailingRun.exec(text.slice(-400))
  const width = run?.[1]?.length ?? 0
  const start = run === null ? 0 : Math.max(0, text.length - 400) + run.index
  const before = text.slice(0, start)
  const aligned = /^[\s"'>+|#*-]*$/.test(before) || shapeOf(before) === state.shape
  const blank = text === '' || shapeOf(`${text} `).trim() === state.shape.trim()
  if (state.lines === 0 && state.blank < 8 && (blank || header.test(text))) {
    state.blank++
    return true
  }
  if (
    aligned &&
    (!state.short || isStrictBody(run?.[1] ?? '')) &&
    state.lines < longestKeyLines &&
    isBody(run?.[1] ?? '', state.lines)
  ) {
    spans.clear()
    spans.add(start, start + width, 'private-key')
    state.lines++
    state.short = width < 40
    return true
  }
  carry.key = undefined
  return false
}

/**
 * Behind a short line only what nobody would write: a key wrapped narrower than it was has short lines within. One line in a
 * thousand has no digit; letters that change their case and back are as rare in what people write.
 */
const isStrictBody = (run: string): boolean =>
  run.length >= 20 &&
  /[a-z]/.test(run) &&
  /[A-Z]/.test(run) &&
  (/[\d+]/.test(run) || /[a-z][A-Z].*[a-z][A-Z]/.test(run))

function isBody(run: string, linesBefore: number): boolean {
  if (run.length >= 40) return true
  if (linesBefore === 0) return run.length >= 16 && /\d/.test(run)
  return run.length > 0 && (/[0-9+/=]/.test(run) || /[a-z].*[A-Z]|[A-Z].*[a-z]/.test(run))
}

/** The lines that `Private-Lines: n` announced. */
export function continuePutty(carry: Carry, line: string, spans: Spans): void {
  if (carry.putty <= 0) return
  const text = line.trimEnd()
  if (/^[A-Za-z0-9+/=]{1,100}$/.test(text)) spans.add(0, text.length, 'private-key')
  carry.putty--
}
