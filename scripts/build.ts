/** Builds all packages that changed since they were last built. Quiet when it works; shows everything when it does not. */
import { Red, read } from './check/step.ts'

const start = performance.now()
// Nothing that is run from this repository reports on the person who runs it.
const env = { ...process.env, DO_NOT_TRACK: '1', TURBO_TELEMETRY_DISABLED: '1' }
try {
  read(
    'turbo',
    ['run', 'build', '--output-logs=errors-only', '--log-order=grouped', '--continue=dependencies-successful'],
    { env },
  )
} catch (error) {
  if (!(error instanceof Red)) throw error
  console.error(`build: ${error.message}`)
  process.exit(1)
}
console.error(`built in ${((performance.now() - start) / 1000).toFixed(1)} s`)
