/** What every command's exit code means. */
export const exitCode = { done: 0, failed: 1, misused: 2, refused: 3 } as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

const areas: readonly (readonly [prefix: string, code: ExitCode])[] = [
  ['CONFIG_', exitCode.misused],
  ['INPUT_', exitCode.misused],
  ['IDENTITY_', exitCode.misused],
  ['STORE_UNAVAILABLE', exitCode.failed],
  ['STORE_', exitCode.misused],
  ['CA_PASSPHRASE_', exitCode.misused],
  ['TERMINAL_', exitCode.refused],
  ['HOST_KEY_', exitCode.refused],
  ['TRANSPORT_HOST_KEY_', exitCode.refused],
  ['POLICY_', exitCode.refused],
  ['APPROVAL_', exitCode.refused],
  ['LIMIT_', exitCode.refused],
]

/** The exit code for an error code: wrong use or configuration 2, refusals 3, everything else 1. */
export function exitCodeOf(errorCode: string): ExitCode {
  return areas.find(([prefix]) => errorCode.startsWith(prefix))?.[1] ?? exitCode.failed
}
