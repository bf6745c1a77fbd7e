import { printable } from '@sshmcp/kernel'
import type { Terminal } from './terminal.ts'

export interface Complaint {
  readonly code: string
  readonly message: string
  readonly next: string
  readonly candidates?: readonly string[] | undefined
}

/** Tells a person what went wrong and what to do. Words from elsewhere cannot move the cursor. */
export function complainAbout({ complain, colors }: Terminal, error: Complaint): void {
  const { red, dim } = colors
  const near = (error.candidates ?? []).filter((name) => !error.next.includes(name))
  const lines = [
    `${red('error')} ${error.code}: ${printable(error.message)}`,
    ...(near.length === 0 ? [] : [`${dim('near ')} ${printable(near.join(', '))}`]),
    `${dim('next ')} ${printable(error.next)}`,
  ]
  complain(`${lines.join('\n')}\n`)
}
