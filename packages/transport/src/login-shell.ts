/** The constant line by which the login shell is learnt. It means the same in every shell we know of. */
export const loginShellProbe = 'echo "$SHELL"'

/** What a login shell can be relied on for. */
export interface LoginShell {
  /** As the host named it; '' when its answer was no path. */
  readonly path: string
  /** `posix` and `fish` are served: quoting holds there. In `other` only a line without parameters may run. */
  readonly family: 'posix' | 'fish' | 'other'
}

/** Names of POSIX shells in which the quoting of templates was tried. */
const posixNames: ReadonlySet<string> = new Set(['sh', 'dash', 'bash', 'ash', 'zsh', 'ksh', 'mksh', 'busybox'])

/**
 * Reads the answer to {@link loginShellProbe}. Start-up files may print before it, so the last line that is not empty counts.
 * Anything but an absolute path is `other`: a forced command, a menu, an appliance.
 */
export function loginShellFrom(answer: string): LoginShell {
  const last = answer.trimEnd().split(/\r?\n/).at(-1) ?? ''
  const path = /^\/[\x21-\x7e]{1,255}$/.test(last) ? last : ''
  const name = path.slice(path.lastIndexOf('/') + 1)
  return { path, family: posixNames.has(name) ? 'posix' : name === 'fish' ? 'fish' : 'other' }
}
