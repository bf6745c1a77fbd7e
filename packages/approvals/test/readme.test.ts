import { readFileSync } from 'node:fs'
import { createApprovals, present, presentText } from '@sshmcp/approvals'
import { aKey, aPerson, aRestart, MemoryApprovalStore, MemoryPeople } from '@sshmcp/approvals/testing'
import { randomIds, systemClock } from '@sshmcp/kernel'
import { expect, test } from 'vitest'

/** The example of the README, line by line, so that it compiles and runs. */
const example = async (print: (text: string) => void) => {
  const console = { log: print }
  // <example>
  const [alice, bob] = [aPerson('alice', 'operator'), aPerson('bob', 'operator')]
  const approvals = createApprovals({
    store: new MemoryApprovalStore(), // or openFileApprovalStore of @sshmcp/store-file
    key: aKey(), // or openApprovalKey of @sshmcp/store-file
    people: new MemoryPeople(alice, bob),
    mode: 'two-party',
    policy: { ttlSeconds: 600, maxPendingPerIdentity: 5 },
    clock: systemClock,
    ids: randomIds,
    containsSecret: () => [],
    redactText: (text) => text,
  })
  const call = { principal: alice, tool: 'run_ssh_command', action: aRestart() }
  const { approval } = await approvals.request({ ...call, justification: 'nginx does not answer' })
  const { requestId } = approval
  console.log(presentText(present(approval)))
  await approvals.approve({ requestId, decider: bob, typedWord: 'web-1', channel: 'terminal' })
  await (await approvals.check({ ...call, approvalRequestId: requestId })).spend()
  // </example>
  return approvals.get(requestId, alice)
}

test('the example of the README runs', async () => {
  const printed: string[] = []
  expect((await example((text) => printed.push(text))).status).toBe('used')
  expect(printed.join('')).toContain('Command       | sudo -n -- systemctl restart nginx')
})

test('the example of the README is this one', () => {
  const own = readFileSync(import.meta.filename, 'utf8')
  const [, body = ''] = /\/\/ <example>\n([\s\S]*?) {2}\/\/ <\/example>/.exec(own) ?? []
  const readme = readFileSync(`${import.meta.dirname}/../README.md`, 'utf8')
  expect(body).not.toBe('')
  expect(readme).toContain(body.replace(/^ {2}/gm, ''))
})
