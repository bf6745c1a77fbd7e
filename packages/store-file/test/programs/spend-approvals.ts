/** Spends approvals that others spend too: `node spend-approvals.ts ROOT`, lines `FOLDER NUMBER ID` on stdin. */
import { createInterface } from 'node:readline'
import { isSshMcpError } from '@sshmcp/kernel'
import { approvalsOnFiles, callOf } from './approvals-on-files.ts'

const [root = ''] = process.argv.slice(2)
const jobs: { readonly folder: string; readonly number: number; readonly id: string }[] = []
const input = createInterface({ input: process.stdin })
process.stdout.write('ready\n')
for await (const line of input) {
  const [folder = '', number = '', id = ''] = line.split(' ')
  jobs.push({ folder, number: Number(number), id })
}

const byFolder = new Map(
  [...new Set(jobs.map(({ folder }) => folder))].map((name) => [name, approvalsOnFiles(root, name)]),
)
for (const { folder, number, id } of jobs) {
  try {
    const approval = await byFolder.get(folder)?.check(callOf(number, id))
    await approval?.spend()
    process.stdout.write(`won ${id}\n`)
  } catch (error) {
    process.stdout.write(`${isSshMcpError(error) ? error.code : String(error)} ${id}\n`)
  }
}
