import { join } from 'node:path'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const sources = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
}
const unit = ['packages/*/{src,test}/**/*.test.ts', 'apps/*/{src,test}/**/*.test.ts', 'test/**/*.test.ts']

/** CI adds up the counts of all runs from these files; a terminal's colours are for people. */
const reportFolder = process.env.TEST_REPORT_DIR
const reporters: NonNullable<ViteUserConfig['test']>['reporters'] =
  reportFolder === undefined
    ? ['default']
    : ['default', ['json', { outputFile: join(reportFolder, `vitest-${process.pid}.json`) }]]

/** What `pnpm test --coverage` has to reach, in percent of lines. The README says it too, beside the figure of the day. */
const leastCovered = 90

/** unit: fakes only. quick: one short file on a real sshd. real: everything on real programs, one after the other. */
export default defineConfig({
  ...sources,
  test: {
    reporters,
    coverage: {
      // What ships; a program that a test starts as a process of its own is not counted.
      include: ['{packages,apps}/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**', '**/*.generated.ts'],
      reporter: ['text-summary'],
      thresholds: { lines: leastCovered },
    },
    projects: [
      {
        ...sources,
        test: {
          name: 'unit',
          include: unit,
          exclude: ['**/*.real.test.ts', '**/*.soak.test.ts', '**/*.quick.test.ts', '**/node_modules/**'],
          maxWorkers: 2,
          // A test asserts and never times: on a busy machine it may take its time. This only ends what hangs.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...sources,
        test: {
          name: 'quick',
          include: ['**/*.quick.test.ts'],
          exclude: ['**/node_modules/**'],
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...sources,
        test: {
          name: 'real',
          include: ['**/*.real.test.ts', '**/*.quick.test.ts'],
          exclude: ['**/node_modules/**'],
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...sources,
        test: {
          name: 'soak',
          include: ['**/*.soak.test.ts'],
          exclude: ['**/node_modules/**'],
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 3_600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
