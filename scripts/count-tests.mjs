// Adds up vitest's JSON reports of a folder: one line of three numbers, passed failed skipped.
// A file that could not even be collected has no test that failed, and counts as one.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('usage: node scripts/count-tests.mjs FOLDER')
  process.exit(2)
}

let passed = 0
let failed = 0
let skipped = 0
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const report = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  passed += report.numPassedTests
  skipped += report.numPendingTests + report.numTodoTests
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  failed += report.numFailedTests + broken.length
}
console.log(`${passed} ${failed} ${skipped}`)
