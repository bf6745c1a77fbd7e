import type { ErrorEntry } from '@sshmcp/kernel'
import { banner, table } from './markdown.ts'

/** The codes of one package. */
export type Codes = { readonly name: string; readonly table: Readonly<Record<string, ErrorEntry>> }

const section = ({ name, table: codes }: Codes): string => {
  const rows = Object.entries(codes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { when, retry, next }]) => [`\`${code}\``, when, retry, next])
  return `## @sshmcp/${name}\n\n${table(['Code', 'When', 'Does a retry help?', 'What to do'], rows)}`
}

/** `docs/errors.md`. @throws Error when two packages claim one code */
export const errorsPage = (packages: readonly Codes[]): string => {
  const owners = new Map<string, string>()
  for (const { name, table: codes } of packages)
    for (const code of Object.keys(codes)) {
      const other = owners.get(code)
      if (other !== undefined) throw new Error(`${code} is declared by ${other} and by ${name}`)
      owners.set(code, name)
    }
  const intro = [
    'Every failure has one of these codes, in `structuredContent.error.code` of a tool result and in the last line of a',
    'command. The text beside it says what went wrong this time; the code never changes its meaning.',
  ].join('\n')
  return `${[banner('the `errors.ts` of each package'), '# Errors', intro, ...packages.map(section)].join('\n\n')}\n`
}
