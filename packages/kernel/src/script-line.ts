/** What login shells read in different ways within single quotes, or not at all. */
const troublesome = ['\n', "'", '\\', '!']
const standIns = '@^~,+?;ZQXJKVWYUHGjqzyk'

/**
 * A script with its arguments as one line, which means the same in every login shell (csh and fish included): for where the
 * line has to say everything and standard input is not ours to use. The script is read by `sh` from its standard input.
 *
 * @param args words of letters, digits and `-` only
 */
export function scriptLine(script: string, args: readonly string[] = []): string {
  const free = [...standIns].filter((character) => !script.includes(character))
  const pairs = troublesome.map((character, at) => [character, free[at] ?? ''] as const)
  if (pairs.some(([, standIn]) => standIn === '') || args.some((word) => !/^[A-Za-z0-9-]+$/.test(word))) {
    throw new Error('not a script that can be put on one line')
  }
  const text = pairs.reduce((encoded, [character, standIn]) => encoded.replaceAll(character, standIn), script)
  const octal = pairs.map(([character]) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`)
  const decode = `tr '${pairs.map(([, standIn]) => standIn).join('')}' '${octal.join('')}'`
  return [`echo '${text}' | ${decode} | sh -s`, ...(args.length === 0 ? [] : ['--', ...args])].join(' ')
}
