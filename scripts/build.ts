/**
 * Builds what changed since it was last built: packages (`build`) and programs (`bundle`), or only those that are named.
 * Quiet when it works; shows everything when it does not.
 */
import { Red, read } from './check/step.ts'

const asked = process.argv.slice(2)
const tasks = asked.length > 0 ? asked : ['build', 'bundle']
const start = performance.now()
// Nothing that is run from this repository reports on the person who runs it.
const env = { ...process.env, DO_NOT_TRACK: '1', TURBO_TELEMETRY_DISABLED: '1' }
try {
  const flags = [
    '--output-logs=errors-only',
    '--log-order=grouped',
    '--continue=dependencies-successful',
    '--concurrency=100%',
  ]
  read('turbo', ['run', ...tasks, ...flags], { env })
} catch (error) {
  if (!(error instanceof Red)) throw error
  console.error(`build: ${error.message}`)
  process.exit(1)
}
console.error(`built in ${((performance.now() - start) / 1000).toFixed(1)} s`)
