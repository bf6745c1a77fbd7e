import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { approvalsOnFakes, aRestart } from '@sshmcp/approvals/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { notifier } from './notify-program.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sshmcp-notify-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const patience = { timeout: 20_000 }
const file = (name: string): string => join(folder, name)

function aProgram(text: string, mode = 0o700): string {
  writeFileSync(file('program'), text, { mode })
  return file('program')
}

/** Tells the program of a request; gives what it failed with, as that becomes known. */
async function notified(program: string, justification = 'nginx is stuck') {
  const { approvals, alice } = approvalsOnFakes()
  const question = { principal: alice, tool: 'run_ssh_command', action: aRestart(), justification }
  const { approval } = await approvals.request(question)
  const failures: string[] = []
  const notify = notifier({ program, onFailure: (id, reason) => failures.push(`${id}: ${reason}`) })
  notify(approval)
  return { failures, approval }
}

test('gets the request as JSON on stdin, and neither arguments nor the token', async () => {
  vi.stubEnv('SSH_MCP_AUTH_TOKEN', 'the token')
  const program = aProgram(
    `#!/bin/sh\ncat > ${file('in')}\necho "$# [$SSH_MCP_AUTH_TOKEN]" > ${file('tmp')}\nmv ${file('tmp')} ${file('out')}\n`,
  )
  const justification = `$(touch ${file('shell')}) "; touch ${file('shell')}\n`
  const { failures, approval } = await notified(program, justification)
  await vi.waitFor(() => expect(existsSync(file('out'))).toBe(true), patience)
  expect(JSON.parse(readFileSync(file('in'), 'utf8'))).toEqual({
    request_id: approval.requestId,
    action: 'run_ssh_command',
    summary: approval.summary,
    host_id: 'web-1',
    requester_id: 'alice',
    justification,
    ticket_ref: '',
    mode: 'two-party',
    expires_at: approval.expiresAt,
  })
  expect(readFileSync(file('out'), 'utf8')).toBe('0 []\n')
  expect(existsSync(file('shell'))).toBe(false)
  expect(failures).toEqual([])
})

test.each([
  ['fails', () => aProgram('#!/bin/sh\nexit 3\n'), /exit code 3/],
  ['is not there', () => file('nothing'), /ENOENT/],
  ['is below a file', () => join(aProgram(''), 'x'), /ENOTDIR/],
  ['is not executable', () => aProgram('#!/bin/sh\n', 0o600), /EACCES/],
  ['is no program', () => aProgram('\u0000\u0001'), /ENOEXEC|EACCES|exit code/],
  ['hangs', () => aProgram('#!/bin/sh\nexec sleep 4242\n'), /SIGKILL/],
] as const)('one that %s is told once, and the request is none the worse', async (_, program, says) => {
  const { failures, approval } = await notified(program())
  await vi.waitFor(() => expect(failures).toHaveLength(1), patience)
  expect(failures[0]).toMatch(says)
  expect(failures[0]).toContain(approval.requestId)
})

test('may print as much as it likes, and need not read', async () => {
  const program = aProgram(
    `#!/bin/sh\nexec <&-\nhead -c 50000000 /dev/zero\nhead -c 50000000 /dev/zero >&2\necho > ${file('done')}\n`,
  )
  const { failures } = await notified(program, 'x'.repeat(4096))
  await vi.waitFor(() => expect(existsSync(file('done'))).toBe(true), patience)
  expect(failures).toEqual([])
})
