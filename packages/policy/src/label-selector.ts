import { kernelErrors } from '@sshmcp/kernel'

/**
 * Reads `k=v[,k=v]`, all of which must hold; empty holds for everything.
 *
 * @throws INPUT_INVALID with the field `label_selector`
 */
export function parseSelector(selector: string): (labels: Readonly<Record<string, string>>) => boolean {
  const terms = selector.trim() === '' ? [] : selector.split(',').map(parseTerm)
  return (labels) => terms.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
}

function parseTerm(term: string): readonly [string, string] {
  const at = term.indexOf('=')
  const key = term.slice(0, Math.max(at, 0)).trim()
  if (key !== '') return [key, term.slice(at + 1).trim()]
  throw kernelErrors.error('INPUT_INVALID', {
    message: `${JSON.stringify(term.slice(0, 80))} is not of the form key=value.`,
    field: 'label_selector',
    next: 'Send label_selector as key=value, several joined by commas, or leave it empty.',
  })
}
