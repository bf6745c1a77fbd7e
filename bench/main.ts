import { readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isBench } from './bench.ts'

const folder = dirname(fileURLToPath(import.meta.url))
const plumbing = new Set(['main.ts', 'measure.ts', 'bench.ts'])
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !plumbing.has(file))
  .map((file) => basename(file, '.ts'))
  .sort()

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there is ${known.join(', ') || 'none yet'}`)
  process.exit(2)
}

for (const name of asked.length > 0 ? asked : known) {
  console.log(`\n${name}`)
  const bench: unknown = await import(`./${name}.ts`)
  if (!isBench(bench)) throw new Error(`bench/${name}.ts exports no function run()`)
  await bench.run()
}
