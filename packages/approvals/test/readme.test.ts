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

/** What the README guarantees, and the tests that would fail without it. */
const held: Readonly<Record<string, readonly (readonly [file: string, test: string])[]>> = {
  'Exactly this operation.': [
    ['digest.test.ts', 'changes with any one character of any text'],
    ['spending.test.ts', 'with another %s is refused by name, and burns nothing'],
  ],
  'Once.': [
    ['spending.test.ts', 'is spent once by many windows at the same moment'],
    ['spending.test.ts', '$point write $write never runs an approval twice, and the next try goes on'],
  ],
  'By a person who may, at both times.': [
    ['deciding.test.ts', 'needs role and host'],
    ['spending.test.ts', 'the person is revoked, loses the role, or the host'],
    ['deciding.test.ts', 'is two-party for a terminal that believes otherwise'],
  ],
  'No file makes an approval.': [
    ['spending.test.ts', 'never turns a pending or a denied request into an approval'],
    ['spending.test.ts', 'by removing the mark of use gives nothing back to the process that used it'],
    ['spending.test.ts', 'back does not revive what this process has seen expire'],
  ],
  'A code is a decision that travels.': [
    ['codes.test.ts', 'a code is worth nothing for another request'],
    ['coding.test.ts', 'in parallel are not more than five either, though one of them be right'],
  ],
  'Asking again is asking once.': [
    ['asking.test.ts', 'twice for the same is one request, in any window'],
    ['asking.test.ts', 'again after a denial is the same denied request until its time is over'],
  ],
  'What is shown is complete and speaks for itself.': [
    ['present.test.ts', 'is every field of the operation, complete, in a fixed order'],
    ['present.test.ts', '%s is nowhere raw'],
  ],
  'No secret is stored.': [
    ['asking.test.ts', 'in the command is refused with rule and field, and nothing is stored'],
    ['asking.test.ts', 'in the words beside the operation is redacted, and never stored'],
  ],
}

test('each guarantee of the README is held by a test', () => {
  const readme = readFileSync(`${import.meta.dirname}/../README.md`, 'utf8')
  const [, guarantees = ''] = /## What it guarantees\n([\s\S]*?)\n## /.exec(readme) ?? []
  expect([...guarantees.matchAll(/^- \*\*(.+?)\*\*/gm)].map(([, promise]) => promise)).toEqual(Object.keys(held))
  for (const [file, name] of Object.values(held).flat())
    expect(readFileSync(`${import.meta.dirname}/../src/${file}`, 'utf8')).toContain(name)
})

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
