/** Draws docs/demo.svg from what `sshmcp demo` prints on a terminal. Run by hand after the demo has changed; build first. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { terminalPicture } from './terminal-picture.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const demo = `'${process.execPath}' '${join(root, 'apps/cli/dist/index.js')}' demo`
const env = { ...process.env, TERM: 'xterm-256color' }
const printed = execFileSync('script', ['-qec', demo, '/dev/null'], { encoding: 'utf8', env })
writeFileSync(join(root, 'docs/demo.svg'), terminalPicture(printed, 'sshmcp demo'))
