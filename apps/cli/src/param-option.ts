import { kernelErrors } from '@sshmcp/kernel'

/** Collects an option that may be repeated. */
export function repeated(text: string, all: readonly string[] | undefined): readonly string[] {
  return [...(all ?? []), text]
}

/** `name=value` of each `--param`; the value may hold further equals signs. @throws INPUT_INVALID */
export function paramsOf(texts: readonly string[] = []): Readonly<Record<string, string>> {
  const pairs = texts.map(keyAndValue)
  const twice = pairs.find(([name], at) => pairs.findIndex(([other]) => other === name) < at)
  if (twice === undefined) return Object.fromEntries(pairs)
  const message = `--param names ${JSON.stringify(twice[0])} twice, and which value was meant nobody can tell.`
  throw kernelErrors.error('INPUT_INVALID', { message, next: 'Give each parameter once.', field: '--param' })
}

function keyAndValue(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  const message = `--param ${JSON.stringify(text)} is not of the form name=value.`
  throw kernelErrors.error('INPUT_INVALID', { message, next: 'For example: --param lines=200', field: '--param' })
}
