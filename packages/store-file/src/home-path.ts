import { join } from 'node:path'

/** `~` and `~/…` with the home folder put in; anything else as it is. `~somebody` is nobody's home here. */
export function expandHome(path: string, home: string): string {
  if (path === '~') return home
  return path.startsWith('~/') ? join(home, path.slice(2)) : path
}

/** The other way round, for messages: `~/.ssh/id_rsa` says more than a long path. */
export function shortenHome(path: string, home: string): string {
  return path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}
