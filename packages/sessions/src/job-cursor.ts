import { sessionErrors } from './errors.ts'

/** A place in both streams. */
export interface CursorPosition {
  readonly stdout: number
  readonly stderr: number
}

interface Extent {
  readonly end: number
}

/** Opaque to callers; `v1.<stdout>.<stderr>` in base64url. */
export function encodeCursor({ stdout, stderr }: CursorPosition): string {
  return Buffer.from(`v1.${stdout}.${stderr}`).toString('base64url')
}

/**
 * Reads a cursor back; "" is the beginning, so that the answer counts what is no longer kept of it.
 *
 * @throws JOB_CURSOR_INVALID for anything that these streams cannot have given out
 */
export function decodeCursor(
  cursor: string,
  streams: { readonly stdout: Extent; readonly stderr: Extent },
): CursorPosition {
  if (cursor === '') return { stdout: 0, stderr: 0 }
  const match = /^v1\.(0|[1-9][0-9]{0,14})\.(0|[1-9][0-9]{0,14})$/.exec(
    Buffer.from(cursor, 'base64url').toString('latin1'),
  )
  const position = { stdout: Number(match?.[1] ?? Number.NaN), stderr: Number(match?.[2] ?? Number.NaN) }
  const isOurs = position.stdout <= streams.stdout.end && position.stderr <= streams.stderr.end
  if (!isOurs || encodeCursor(position) !== cursor) {
    throw sessionErrors.error('JOB_CURSOR_INVALID', {
      message: 'This cursor is none that the job gave out.',
      field: 'cursor',
    })
  }
  return position
}
