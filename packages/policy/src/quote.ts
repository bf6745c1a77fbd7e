/**
 * Quotes a value as one word for every login shell that is served: sh, dash, bash, ash, zsh, ksh, mksh, BusyBox and fish.
 *
 * Plain POSIX quoting is not enough: fish takes `\'` and `\\` inside single quotes as escapes, so a lone backslash would
 * open the quote of the next value. Here single quotes hold neither `'` nor `\`; those stand in double quotes, where
 * all these shells agree.
 */
export function quoteValue(value: string): string {
  if (value === '') return "''"
  return value.replace(/'+|\\|[^'\\]+/g, (run) => {
    if (run.startsWith("'")) return `"${run}"`
    return run === '\\' ? '"\\\\"' : `'${run}'`
  })
}

/** Characters that mean themselves in every served shell, as a word that is not a command's first. */
const plainWord = /^[A-Za-z0-9_./:@+,-][A-Za-z0-9_./:@+,=%-]*$/

/** Quotes an author's literal only where it needs it, so that the line stays readable for who approves it. */
export function quoteLiteral(text: string): string {
  return plainWord.test(text) ? text : quoteValue(text)
}
