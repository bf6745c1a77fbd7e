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

const same = (a: ErrorEntry, b: ErrorEntry): boolean => a.when === b.when && a.retry === b.retry && a.next === b.next

/**
 * `docs/errors.md`. A port and its adapter may both declare a code, in the same words: a reader must find one meaning.
 *
 * @throws Error when two packages declare one code in different words
 */
export const errorsPage = (packages: readonly Codes[]): string => {
  const owners = new Map<string, { readonly name: string; readonly entry: ErrorEntry }>()
  for (const { name, table: codes } of packages)
    for (const [code, entry] of Object.entries(codes)) {
      const other = owners.get(code)
      if (other !== undefined && !same(other.entry, entry))
        throw new Error(
          `${code} means one thing in packages/${other.name}/src/errors.ts and another in packages/${name}`,
        )
      owners.set(code, { name, entry })
    }
  const intro = [
    'Every failure has one of these codes: in `structuredContent.error.code` of a tool result, in the last line of a command, in',
    '`error.code` of an HTTP answer. The text beside it says what went wrong this time; the code never changes its meaning.',
  ].join('\n')
  return `${[banner('the `errors.ts` of each package'), '# Errors', intro, ...packages.map(section)].join('\n\n')}\n`
}
