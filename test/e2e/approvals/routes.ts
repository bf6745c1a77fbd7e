import type { Route } from './route.ts'
import { routesOfOperations } from './routes-of-operations.ts'
import { routesOfPeople } from './routes-of-people.ts'
import { routesOfTime } from './routes-of-time.ts'

/** Every way to approve oneself that is tried, by kind. */
export const routes: readonly Route[] = [...routesOfOperations, ...routesOfTime, ...routesOfPeople]

/** The kinds of routes; each is tried in at least two ways. */
export const kinds = [
  'reuse',
  'other parameter',
  'other host',
  'second name of the same host',
  'template edited after approval',
  'two consumers racing',
  'forged code',
  'brute force',
  'store edited',
  'clock moved',
  'replay after restart',
  'second window',
  'look-alike characters',
  'unset token',
  'revoked identity',
  'request for request_approval itself',
  'secret in the operation',
  'elicitation auto-accept',
] as const

/** The table of docs/approvals.md. */
export function routesTable(): string {
  const rows = kinds.flatMap((kind) =>
    routes
      .filter((route) => route.kind === kind)
      .map(({ attempt, ends, why }, n) => `| ${n === 0 ? kind : ''} | ${attempt} | ${shown(ends)} | ${why} |`),
  )
  return ['| Kind | What is tried | Ends with | Why it fails |', '|---|---|---|---|', ...rows, ''].join('\n')
}

function shown(ends: string): string {
  return /^[A-Z_]+$/.test(ends) ? `\`${ends}\`` : ends
}
