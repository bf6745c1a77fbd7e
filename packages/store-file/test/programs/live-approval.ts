/**
 * One whole life of an approval, and every attempt to use what lies there once more: `node live-approval.ts ROOT`.
 * Each execution is a line with the request's id in ROOT/executed.
 */
import { appendFileSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isSshMcpError } from '@sshmcp/kernel'
import { approvalsOnFiles, bob, callOf } from './approvals-on-files.ts'

const [root = ''] = process.argv.slice(2)
const approvals = approvalsOnFiles(root)

const execute = async (id: string): Promise<void> => {
  await (await approvals.check(callOf(1, id))).spend()
  appendFileSync(join(root, 'executed'), `${id}\n`)
}

try {
  const { approval } = await approvals.request({ ...callOf(1), justification: 'kill test' })
  const { requestId } = approval
  if (approval.status === 'pending')
    await approvals.approve({ requestId, decider: bob, typedWord: 'web-1', channel: 'terminal' })
  await execute(requestId)
  const folder = join(root, 'approval_data')
  for (const id of existsSync(folder) ? readdirSync(folder) : []) {
    await execute(id).catch((error) => {
      if (!isSshMcpError(error)) throw error
    })
  }
  process.stdout.write('lived\n')
} catch (error) {
  process.stdout.write(`${isSshMcpError(error) ? error.code : String(error)}\n`)
  process.exitCode = 1
}
