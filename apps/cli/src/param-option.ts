import { kernelErrors } from '@sshmcp/kernel'

/** Collects an option that may be repeated. */
export function repeated(text: string, all: readonly string[] | undefined): readonly string[] {
  return [...(all ?? []), text]
}

/** `name=value` of each `--param`; the value may hold further equals signs. @throws INPUT_INVALID */
export function paramsOf(texts: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map(keyAndValue))
}

function keyAndValue(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  const message = `--param ${JSON.stringify(text)} is not of the form name=value.`
  throw kernelErrors.error('INPUT_INVALID', { message, next: 'For example: --param lines=200', field: '--param' })
}
