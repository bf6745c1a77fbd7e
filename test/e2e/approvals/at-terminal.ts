import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const builtProgram = fileURLToPath(new URL('../../../apps/cli/dist/index.js', import.meta.url))

/** Runs the built `sshmcp` on a terminal of its own (bsdutils' script), with `typed` coming from its keyboard. */
export async function atTerminal(args: readonly string[], env: Readonly<Record<string, string>>, typed = '') {
  const words = [process.execPath, builtProgram, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['-qec', words, '/dev/null'], { env: { ...env, SHELL: '/bin/sh', NO_COLOR: '1' } })
  let shown = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
  })
  child.stdin.end(typed)
  const [code]: unknown[] = await once(child, 'close')
  return { code, shown }
}
