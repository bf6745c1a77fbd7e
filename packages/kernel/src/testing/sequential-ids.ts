import type { IdSource } from '../id-source.ts'

/** Foreseeable ids: `run_000001`, `run_000002`, … */
export function sequentialIds(): IdSource {
  let count = 0
  return { next: (prefix) => `${prefix}_${String(++count).padStart(6, '0')}` }
}
