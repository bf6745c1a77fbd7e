import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'

/** Makes a key pair, replacing an old one: the private key in `path`, the public line in `path.pub`. */
export function makeKey(path: string, type: string, passphrase = ''): void {
  rmSync(path, { force: true })
  const bits = type === 'rsa' ? ['-b', '2048'] : []
  execFileSync('ssh-keygen', ['-q', '-t', type, ...bits, '-N', passphrase, '-C', 'sshmcp test', '-f', path])
}

/** The public line of a pair made by {@link makeKey}. */
export function publicLine(path: string): string {
  return readFileSync(`${path}.pub`, 'utf8').trim()
}
