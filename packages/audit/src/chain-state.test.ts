import { ManualClock } from '@sshmcp/kernel/testing'
import { describe, expect, test } from 'vitest'
import type { AuditEvent } from './audit-event.ts'
import { ChainState } from './chain-state.ts'
import { addCheckpoint } from './checkpoint.ts'
import { Draft } from './draft.ts'
import type { EntryLine } from './entry-line.ts'
import { fitEvent } from './fitted-event.ts'
import { Ledger } from './ledger.ts'
import { aSigner } from './testing/index.ts'

const intent = (at: number): AuditEvent => ({
  kind: 'intent',
  operation_id: `op_${at}`,
  client: { name: 'c', version: '1' },
})
const outcome = (at: number): AuditEvent => ({ kind: 'outcome', operation_id: `op_${at}`, command: 'df', status: 'ok' })

/** A process that reads what others write. */
function reader(...batches: readonly (readonly Buffer[])[]): ChainState {
  const state = new ChainState()
  state.segment = { name: '000000000000', bytes: 0, since: '' }
  for (const batch of batches) {
    for (const line of batch) state.accept(line)
    state.settle()
  }
  return state
}

/** What somebody else writes behind `state`. */
function written(state: ChainState, fill: (draft: Draft) => void): readonly EntryLine[] {
  const draft = new Draft(state, new ManualClock(), 'w_other')
  fill(draft)
  return draft.lines
}

const added =
  (...events: readonly AuditEvent[]) =>
  (draft: Draft): void => {
    for (const event of events) draft.add(fitEvent(event, (value) => value))
  }

const bytesOf = (lines: readonly EntryLine[]): readonly Buffer[] => lines.map(({ bytes }) => bytes)

describe("others' lines", () => {
  const before = written(reader(), (draft) => {
    draft.own('segment', {})
    added(intent(1), intent(2), outcome(1))(draft)
  })

  test('make the same chain as the one that they were written on', () => {
    const state = reader(bytesOf(before))
    expect({ size: state.size, leaf: state.leaf }).toEqual({ size: 4, leaf: before.at(-1)?.leaf })
    expect([...state.pending.keys()]).toEqual(['op_2'])
    expect(state.segment?.bytes).toBe(before.reduce((sum, { bytes }) => sum + bytes.length + 1, 0))
  })

  test('are refused when one is missing, or any byte of one was changed that another follows', () => {
    const chain = { code: 'AUDIT_CHAIN_BROKEN' }
    const lines = bytesOf(before)
    expect(() => reader(lines.toSpliced(2, 1))).toThrow(expect.objectContaining(chain))
    for (let at = 0; at < (lines[2]?.length ?? 0); at++) {
      const changed = Buffer.from(lines[2] ?? '')
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => reader(lines.toSpliced(2, 1, changed)), `byte ${at}`).toThrow(expect.objectContaining(chain))
    }
  })

  test('that a crash left half-written are void, wherever they end, however well they begin', () => {
    // An inner object with a `writer` at its end makes the beginning look like a whole entry.
    const tricky = added({ kind: 'read', client: { name: 'c', version: '1' }, untrusted: { writer: 'w_other' } })
    const whole = written(reader(bytesOf(before)), tricky)[0]?.bytes ?? Buffer.alloc(0)
    for (let length = 1; length < whole.length; length++) {
      const torn = Buffer.from(whole.subarray(0, length))
      const state = reader(bytesOf(before), [torn])
      expect([length, state.size, state.voids]).toEqual([length, 4, [expect.objectContaining({ bytes: length })]])
      const recover = written(state, (draft) => {
        draft.own('recover', { voids: state.voids.map(({ leaf, bytes }) => ({ leaf, bytes })) })
        added(outcome(2))(draft)
      })
      const later = reader(bytesOf(before), [torn, ...bytesOf(recover)])
      expect([length, later.size, later.leaf, later.voids]).toEqual([length, 6, recover.at(-1)?.leaf, []])
      expect(later.pending.size).toBe(0)
    }
  })
})

describe('what is open', () => {
  const opened = (draft: Draft): void => {
    draft.own('segment', {})
    draft.own('open', { identity: 'other' })
  }
  const eager = (lines: readonly EntryLine[]): Ledger => {
    const ledger = new Ledger()
    for (const { entry } of lines) ledger.follow(entry)
    return ledger
  }
  const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at)

  test.each([
    ['few', 30],
    ['more than a checkpoint lists', 450],
    ['more than are kept unread', 1_500],
  ])('is told alike whether each line is read or a checkpoint among them: %s', (_, count) => {
    const lines = written(reader(), (draft) => {
      opened(draft)
      added(...numbers(0, count).map(intent), ...numbers(10, 20).map(outcome))(draft)
      addCheckpoint(draft, aSigner(), false)
      added(...numbers(20, 25).map(outcome), intent(9_000))(draft)
    })
    const state = reader(bytesOf(lines))
    expect([...state.pending]).toEqual([...eager(lines).pending])
    expect([...state.writers]).toEqual([...eager(lines).writers])
    expect(state.pending.size).toBe(count - 14)
  })

  test('is told alike when own lines come between', () => {
    const state = reader()
    const all: EntryLine[] = []
    const batches = [opened, added(intent(1), intent(2)), added(outcome(1), intent(3)), added(outcome(3))]
    for (const [at, batch] of batches.entries()) {
      const isOwn = at % 2 === 1
      for (const line of written(state, batch)) {
        if (isOwn) state.extend(line)
        else state.accept(line.bytes)
        all.push(line)
      }
      state.settle()
    }
    expect([...state.pending]).toEqual([...eager(all).pending])
    expect([...state.pending.keys()]).toEqual(['op_2'])
  })
})
