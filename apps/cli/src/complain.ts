import { printable } from '@sshmcp/kernel'
import type { Terminal } from './terminal.ts'

/** Tells a person what went wrong and what to do. Words from elsewhere cannot move the cursor. */
export function complainAbout(
  { complain, colors }: Terminal,
  error: { code: string; message: string; next: string },
): void {
  complain(
    `${colors.red('error')} ${error.code}: ${printable(error.message)}\n${colors.dim('next ')} ${printable(error.next)}\n`,
  )
}
