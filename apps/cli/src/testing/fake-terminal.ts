import pc from 'picocolors'
import type { Terminal } from '../terminal.ts'

/** A terminal that remembers what was written to it. Nobody sits at it. */
export function fakeTerminal(env: Readonly<Record<string, string>> = {}, homeDir = '/nonexistent') {
  const written = { out: '', err: '' }
  const terminal: Terminal = {
    env,
    cwd: '/',
    homeDir,
    login: 'dana',
    isInteractive: false,
    colors: pc.createColors(false),
    write: (text) => {
      written.out += text
    },
    complain: (text) => {
      written.err += text
    },
  }
  return { terminal, written }
}
