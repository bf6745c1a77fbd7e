import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApprovals } from '@sshmcp/approvals'
import { approvalStoreContract, approvalsOnFakes, aRestart } from '@sshmcp/approvals/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { openFileApprovalStore } from './file-approval-store.ts'

const made: string[] = []
const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'approvals-'))
  made.push(folder)
  return join(folder, 'approval_data')
}
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const fixture = () => {
  const dir = aFolder()
  return {
    store: openFileApprovalStore({ dir }),
    reopen: async () => openFileApprovalStore({ dir }),
    overwrite: async (record: string, part: string, text: string) => writeFileSync(join(dir, record, part), text),
  }
}

describe.each(approvalStoreContract)('in files: $name', ({ run }) => {
  test('holds', () => run(fixture))
})

/** Approvals on real files, one of them approved. */
const approved = async () => {
  const dir = aFolder()
  const fakes = approvalsOnFakes({ store: openFileApprovalStore({ dir }) })
  const question = { principal: fakes.alice, tool: 'run_ssh_command', action: aRestart(), justification: 'why' }
  const { requestId } = (await fakes.approvals.request(question)).approval
  const use = { ...question, approvalRequestId: requestId }
  await fakes.approvals.approve({ requestId, decider: fakes.bob, typedWord: 'web-1', channel: 'terminal' })
  return { ...fakes, dir, requestId, use, folder: join(dir, requestId) }
}

const inPlace = (make: (path: string) => void) => (path: string) => {
  unlinkSync(path)
  make(path)
}

describe('on the disk', () => {
  test('lies request, decision and use, for us alone, and nothing else', async () => {
    const { approvals, dir, folder, use } = await approved()
    await (await approvals.check(use)).spend()
    expect(readdirSync(folder).sort()).toEqual(['decision', 'request', 'used'])
    expect(lstatSync(dir).mode & 0o777).toBe(0o700)
    expect(lstatSync(folder).mode & 0o777).toBe(0o700)
    for (const part of readdirSync(folder)) {
      expect(lstatSync(join(folder, part)).mode & 0o777).toBe(0o600)
      expect(lstatSync(join(folder, part)).nlink).toBe(1)
    }
  })

  test('no user id is a name', async () => {
    const { dir } = await approved()
    const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).join('\n')
    for (const userId of ['alice', 'bob']) expect(names).not.toContain(userId)
  })

  test.each([
    ['a link in its place', inPlace((path) => symlinkSync('/dev/null', path))],
    ['a folder in its place', inPlace((path) => mkdirSync(path))],
    ['a pipe in its place', inPlace((path) => execFileSync('mkfifo', [path]))],
    ['others who may write it', (path: string) => chmodSync(path, 0o666)],
    ['a cut in the middle', (path: string) => truncateSync(path, 100)],
    ['nothing in it', (path: string) => truncateSync(path, 0)],
    ['bytes that are no text', (path: string) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0x00]))],
    ['far too much in it', (path: string) => truncateSync(path, 2_000_000)],
  ])('a part with %s is no approval, and nobody is stopped by it', async (_, change) => {
    for (const part of ['request', 'decision']) {
      const { approvals, folder, use, alice } = await approved()
      change(join(folder, part))
      await expect(approvals.check(use)).rejects.toMatchObject({ code: 'APPROVAL_DAMAGED' })
      expect(await approvals.listPending(alice)).toEqual([])
      expect((await approvals.request({ ...use, justification: '' })).isNew).toBe(true)
    }
  })

  test('a mark of use is one, whatever it is', async () => {
    for (const make of [
      (path: string) => symlinkSync('/nowhere', path),
      (path: string) => mkdirSync(path),
      (path: string) => writeFileSync(path, ''),
    ]) {
      const { approvals, folder, use } = await approved()
      make(join(folder, 'used'))
      await expect(approvals.check(use)).rejects.toMatchObject({ code: 'APPROVAL_USED' })
    }
  })

  test('what a crash left beside is not read, and a second name does no harm', async () => {
    const { approvals, folder, use } = await approved()
    writeFileSync(join(folder, '.half.new'), '{"half')
    linkSync(join(folder, 'decision'), join(folder, '.other.new'))
    await (await approvals.check(use)).spend()
  })

  test('a link in place of a record is no record', async () => {
    const { deps, dir, folder, use, requestId } = await approved()
    const moved = `${dir}-moved`
    execFileSync('mv', [folder, moved])
    symlinkSync(moved, folder)
    const { store } = deps
    expect(await store.list()).not.toContain(requestId)
    await expect(createApprovals(deps).check(use)).rejects.toMatchObject({ code: 'APPROVAL_UNKNOWN' })
    await expect(store.put(requestId, 'used', 'x')).rejects.toMatchObject({ code: 'STORE_PATH_UNSAFE' })
  })
})

test('no byte of any file makes an approval, whatever is put there', async () => {
  const { deps, dir, alice, bob } = await approved()
  const question = {
    principal: alice,
    tool: 'run_ssh_command',
    action: aRestart({ line: 'reboot' }),
    justification: '',
  }
  const approvals = createApprovals(deps)
  const { requestId } = (await approvals.request(question)).approval
  await approvals.issueCode({ requestId, decider: bob, typedWord: 'web-1', channel: 'terminal' })
  const wrong = { requestId, code: '00000000', caller: alice }
  await expect(approvals.approveWithCode(wrong)).rejects.toMatchObject({ code: 'APPROVAL_CODE_WRONG' })
  const parts = await deps.store.read(requestId)
  expect([...parts.keys()].sort()).toEqual(['code-1', 'request', 'try-1'])
  const codes = new Set<string>()
  for (const [part, text] of parts) {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (bytes[at] ?? 0) ^ (1 << (at % 8))
      writeFileSync(join(dir, requestId, part), changed)
      const code = await approvals.check({ ...question, approvalRequestId: requestId }).then(
        () => 'passed',
        (error) => String(error.code),
      )
      codes.add(`${part} ${code}`)
    }
    writeFileSync(join(dir, requestId, part), bytes)
  }
  // A try that cannot be read is a wrong one: it leaves the request pending, one try poorer.
  expect([...codes].sort()).toEqual(['code-1 APPROVAL_DAMAGED', 'request APPROVAL_DAMAGED', 'try-1 APPROVAL_PENDING'])
}, 60_000)

describe('opening', () => {
  test('refuses a folder that is a link, no folder, or open to others', () => {
    const link = aFolder()
    symlinkSync(tmpdir(), link)
    const file = aFolder()
    writeFileSync(file, '')
    const open = aFolder()
    mkdirSync(open)
    chmodSync(open, 0o777)
    for (const dir of [link, file, open])
      expect(() => openFileApprovalStore({ dir })).toThrow(expect.objectContaining({ code: 'STORE_PATH_UNSAFE' }))
  })

  test('says so when the disk does not answer', async () => {
    const dir = aFolder()
    const store = openFileApprovalStore({ dir })
    rmSync(dir, { recursive: true })
    await expect(store.put('apr_1', 'request', 'x')).rejects.toMatchObject({
      code: 'APPROVAL_STORE_UNAVAILABLE',
      message: expect.stringContaining('ENOENT'),
    })
    await expect(store.list()).rejects.toMatchObject({ code: 'APPROVAL_STORE_UNAVAILABLE' })
  })
})
