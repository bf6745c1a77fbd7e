import { defineErrors, isSshMcpError, nearest, printable, Secret } from '@sshmcp/kernel'

const ovenErrors = defineErrors({
  OVEN_UNKNOWN: { when: 'there is no oven of that name', retry: 'no', next: 'Name an oven that exists.' },
})

function heat(name: string, ovens: readonly string[], key: Secret): string {
  if (ovens.includes(name)) return `${name} is hot; its key is ${key}`
  const candidates = nearest(name, ovens)
  throw ovenErrors.error('OVEN_UNKNOWN', { message: `There is no oven ${printable(name)}.`, candidates })
}

export function tell(name: string): string {
  try {
    return heat(name, ['kitchen', 'cellar'], new Secret('4711'))
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    return `${error.code}: ${error.message} ${error.next} (${error.candidates})`
  }
}
// tell('kitchen') is "kitchen is hot; its key is <redacted>"
// tell('kitchne') is "OVEN_UNKNOWN: There is no oven kitchne. Name an oven that exists. (kitchen)"
