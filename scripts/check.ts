/** Every gate, in the order in which a mistake is cheapest to see. `--except=name,name` leaves steps out. */
import { checkGenerated } from './check/generated.ts'
import { Red, type Step, sh } from './check/step.ts'
import { checkTarballs } from './check/tarballs.ts'

const steps: readonly Step[] = [
  { name: 'gen', run: checkGenerated },
  { name: 'lint', run: () => sh('biome', ['check', '--error-on-warnings', '.']) },
  { name: 'types', run: () => sh('tsc', ['-p', 'tsconfig.json']) },
  { name: 'graph', run: () => sh('pnpm', ['--silent', 'graph']) },
  { name: 'unused', run: () => sh('knip', ['--no-progress', '--no-config-hints']) },
  { name: 'test', run: () => sh('pnpm', ['--silent', 'test']) },
  { name: 'build', run: () => sh('pnpm', ['--silent', 'build']) },
  { name: 'tarballs', run: checkTarballs },
]

const except = process.argv
  .slice(2)
  .flatMap((argument) =>
    argument.startsWith('--except=') ? argument.slice('--except='.length).split(',') : [argument],
  )
const unknown = except.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`check: no step ${unknown.join(', ')}; there is ${steps.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

for (const { name, run } of steps.filter((step) => !except.includes(step.name))) {
  const start = performance.now()
  console.log(`\n== ${name}`)
  try {
    run()
  } catch (error) {
    if (!(error instanceof Red)) throw error
    console.error(`\ncheck: ${name} is RED: ${error.message}`)
    process.exit(1)
  }
  console.log(`== ${name} ok, ${((performance.now() - start) / 1000).toFixed(1)} s`)
}
console.log('\ncheck: all green')
