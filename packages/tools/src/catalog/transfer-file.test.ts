import { createHash } from 'node:crypto'
import { parseHosts, parsePolicy } from '@sshmcp/policy'
import { sftpErrors } from '@sshmcp/transport'
import { MemorySftp, type MemorySftpOptions, MemoryTree } from '@sshmcp/transport/testing'
import { describe, expect, test } from 'vitest'
import { testRules, toolBench } from '../testing/tool-bench.ts'

const download = { host_id: 'staging-1', direction: 'download', remote_path: '/tmp/report.txt', justification: 'INC-1' }
const upload = { host_id: 'staging-1', direction: 'upload', remote_path: '/tmp/new.txt', local_path: 'out.txt' }
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function scene(options: MemorySftpOptions = {}, policy: Readonly<Record<string, unknown>> = {}, servesFiles = false) {
  const tree = new MemoryTree()
  tree.put('/tmp/report.txt', 'the report')
  tree.put('/etc/secret', 'the secret')
  const rules = testRules({
    policy: parsePolicy({ text: JSON.stringify({ transfer_policy: policy }), source: 'policy.json' }),
  })
  const bench = toolBench({ rules, files: new MemorySftp(tree, options), servesFiles })
  bench.localFiles.files.set('out.txt', Buffer.from('from here'))
  return { ...bench, tree }
}

/** Names in a folder that begin with a dot: what a transfer left behind. */
const leftovers = (tree: MemoryTree): readonly string[] =>
  (tree.names('/tmp') ?? []).filter((name) => name.startsWith('.'))

describe('a download', () => {
  test('arrives whole, under the host and its own name', async () => {
    const { call, localFiles, journal } = scene()
    expect(await call('transfer_file', download)).toMatchObject({
      isError: false,
      result: {
        host_id: 'staging-1',
        status: 'completed',
        bytes: 10,
        sha256: sha256('the report'),
        local_path: '/transfers/staging-1/report.txt',
        remote_path: '/tmp/report.txt',
        compared: 'host',
      },
      meta: { risk_level: 'medium' },
    })
    expect(String(localFiles.files.get('staging-1/report.txt'))).toBe('the report')
    expect(localFiles.unfinished).toBe(0)
    expect(journal.lines).toMatchObject([
      { kind: 'intent', record: { action: { verb: 'file.read', justification: 'INC-1' } } },
      { kind: 'outcome', outcome: { status: 'ok', detail: { bytes: 10, sha256: sha256('the report') } } },
    ])
  })

  test('tells where it is fetched, where the server serves files; an upload has nothing to fetch', async () => {
    const serving = scene({}, {}, true)
    expect(await serving.call('transfer_file', download)).toMatchObject({
      result: { download_url: 'https://files.test//transfers/staging-1/report.txt' },
    })
    expect(await serving.call('transfer_file', upload)).not.toHaveProperty('result.download_url')
    expect(await scene().call('transfer_file', download)).not.toHaveProperty('result.download_url')
  })

  test('an empty file is a file', async () => {
    const { call, tree } = scene()
    tree.put('/tmp/report.txt', '')
    expect(await call('transfer_file', download)).toMatchObject({ result: { bytes: 0, sha256: sha256('') } })
  })

  test('follows a link only to where it may read', async () => {
    const { call, tree } = scene()
    tree.link('/tmp/in', '/tmp/report.txt')
    expect(await call('transfer_file', { ...download, remote_path: '/tmp/in' })).toMatchObject({ isError: false })
  })

  test('works below an allowed folder that is itself a link', async () => {
    const { call, tree } = scene()
    tree.put('/mnt/disk/log/app.log', 'lines')
    tree.link('/var/log', '/mnt/disk/log')
    expect(await call('transfer_file', { ...download, remote_path: '/var/log/app.log' })).toMatchObject({
      result: { bytes: 5, remote_path: '/var/log/app.log' },
    })
  })

  test('replaces a local file only when asked to', async () => {
    const { call, localFiles } = scene()
    localFiles.files.set('mine', Buffer.from('old'))
    const again = { ...download, local_path: 'mine' }
    expect(await call('transfer_file', again)).toMatchObject({ error: { code: 'LOCAL_EXISTS' } })
    expect(String(localFiles.files.get('mine'))).toBe('old')
    expect(await call('transfer_file', { ...again, overwrite: true })).toMatchObject({ isError: false })
    expect(String(localFiles.files.get('mine'))).toBe('the report')
  })

  test('says how it compared where the host runs no programs', async () => {
    expect(await scene({ reads: false }).call('transfer_file', download)).toMatchObject({
      result: { compared: 'size' },
    })
  })

  test('a full local disk leaves nothing', async () => {
    const { call, localFiles } = scene()
    localFiles.space = 3
    expect(await call('transfer_file', download)).toMatchObject({ error: { code: 'LOCAL_NO_SPACE' } })
    expect([localFiles.files.size, localFiles.unfinished]).toEqual([1, 0])
  })

  test('tells its progress', async () => {
    const { call, tree } = scene()
    tree.put('/tmp/report.txt', new Uint8Array(3_000_000))
    const seen: number[][] = []
    await call('transfer_file', download, { progress: (done, total) => seen.push([done, total]) })
    expect(seen.length).toBeGreaterThan(1)
    expect(seen.every(([, total]) => total === 3_000_000)).toBe(true)
  })
})

describe('an upload', () => {
  test('gets its name when it is complete', async () => {
    const { call, tree } = scene()
    expect(await call('transfer_file', upload)).toMatchObject({
      isError: false,
      result: { bytes: 9, sha256: sha256('from here'), local_path: '/transfers/out.txt', compared: 'host' },
    })
    expect(tree.text('/tmp/new.txt')).toBe('from here')
    expect(tree.lstat('/tmp/new.txt')?.mode).toBe(0o640)
    expect(leftovers(tree)).toEqual([])
  })

  test('replaces only when asked to, and keeps the mode without setuid', async () => {
    const { call, tree } = scene()
    tree.put('/tmp/new.txt', 'old', { mode: 0o4755 })
    expect(await call('transfer_file', upload)).toMatchObject({ error: { code: 'TRANSFER_EXISTS' } })
    expect(tree.text('/tmp/new.txt')).toBe('old')
    expect(await call('transfer_file', { ...upload, overwrite: true })).toMatchObject({ isError: false })
    expect(tree.text('/tmp/new.txt')).toBe('from here')
    expect(tree.lstat('/tmp/new.txt')?.mode).toBe(0o755)
  })

  test.each([
    ['runs programs', { reads: true, moment: 'placeOnHost', code: 'TRANSFER_EXISTS' }],
    ['runs none', { reads: false, moment: 'rename', code: 'SFTP_EXISTS' }],
  ] as const)('somebody else’s file of that name, made meanwhile, stays: the host %s', async (_, expected) => {
    const made: { tree?: MemoryTree } = {}
    const { call, tree } = scene({
      reads: expected.reads,
      before: (request) => {
        if (request === expected.moment) made.tree?.put('/tmp/new.txt', 'theirs')
      },
    })
    made.tree = tree
    expect(await call('transfer_file', upload)).toMatchObject({ error: { code: expected.code } })
    expect(tree.text('/tmp/new.txt')).toBe('theirs')
    expect(leftovers(tree)).toEqual([])
  })

  test('a host that can replace nothing in one step keeps what it has', async () => {
    const { call, tree } = scene({ reads: false, replaces: false })
    tree.put('/tmp/new.txt', 'as it was')
    expect(await call('transfer_file', { ...upload, overwrite: true })).toMatchObject({
      error: { code: 'SFTP_NOT_ATOMIC' },
    })
    expect([tree.text('/tmp/new.txt'), leftovers(tree)]).toEqual(['as it was', []])
  })

  test('is read back where the host runs no programs', async () => {
    expect(await scene({ reads: false }).call('transfer_file', upload)).toMatchObject({
      result: { compared: 'read back' },
    })
  })

  test('what was altered on the way gets no name', async () => {
    const made: { tree?: MemoryTree } = {}
    const { call, tree } = scene({
      reads: false,
      before: (request, path) => {
        const file = request === 'openRead' ? made.tree?.file(path) : undefined
        if (file !== undefined) file.content = Buffer.from('from hero')
      },
    })
    made.tree = tree
    expect(await call('transfer_file', upload)).toMatchObject({ error: { code: 'TRANSFER_INCOMPLETE' } })
    expect([tree.text('/tmp/new.txt'), leftovers(tree)]).toEqual([undefined, []])
  })

  test('needs to be told which file', async () => {
    expect(await scene().call('transfer_file', { ...upload, local_path: '' })).toMatchObject({
      error: { code: 'INPUT_INVALID', field: 'local_path' },
    })
  })

  test('a cancel stops it, cleans up and is recorded as one', async () => {
    const abort = new AbortController()
    const { call, tree, journal } = scene({
      before: (request) => {
        if (request === 'write') abort.abort()
      },
    })
    expect(await call('transfer_file', upload, { signal: abort.signal })).toMatchObject({
      error: { code: 'TRANSFER_CANCELLED' },
    })
    expect([tree.text('/tmp/new.txt'), leftovers(tree)]).toEqual([undefined, []])
    expect(journal.lines.at(-1)).toMatchObject({ outcome: { status: 'cancelled' } })
  })

  test('a host that is gone is named with what may be left on it', async () => {
    let isGone = false
    const { call } = scene({
      before: (request) => {
        if (request === 'write') isGone = true
        if (isGone) throw sftpErrors.error('SFTP_CONNECTION_LOST', { message: 'The connection was lost.' })
      },
    })
    expect(await call('transfer_file', upload)).toMatchObject({
      error: { code: 'TRANSFER_INTERRUPTED', message: expect.stringMatching(/\/tmp\/\.sshmcp.*\.part/) },
    })
  })
})

describe('is denied, and recorded as denied', () => {
  const refusals: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    ['a path outside', { ...download, remote_path: '/etc/secret' }, 'POLICY_PATH_FORBIDDEN'],
    ['a path that only begins like one inside', { ...download, remote_path: '/tmpfoo' }, 'POLICY_PATH_FORBIDDEN'],
    ['a sibling of an allowed folder', { ...download, remote_path: '/var/logs/x' }, 'POLICY_PATH_FORBIDDEN'],
    ['dots', { ...download, remote_path: '/tmp/../etc/secret' }, 'POLICY_PATH_FORBIDDEN'],
    ['dots at the end', { ...upload, remote_path: '/tmp/..' }, 'POLICY_PATH_FORBIDDEN'],
    ['two slashes', { ...download, remote_path: '//etc/secret' }, 'POLICY_PATH_FORBIDDEN'],
    ['two slashes inside', { ...upload, remote_path: '/tmp//x' }, 'POLICY_PATH_FORBIDDEN'],
    ['a relative path', { ...download, remote_path: 'tmp/x' }, 'POLICY_PATH_FORBIDDEN'],
    ['the folder itself', { ...download, remote_path: '/tmp' }, 'POLICY_PATH_FORBIDDEN'],
    ['a NUL', { ...download, remote_path: '/tmp/a\0b' }, 'POLICY_PATH_FORBIDDEN'],
    ['a blocked extension there', { ...upload, remote_path: '/tmp/x.SH' }, 'POLICY_EXTENSION_BLOCKED'],
    ['a blocked extension here', { ...download, local_path: 'a/x.exe ' }, 'POLICY_EXTENSION_BLOCKED'],
    ['a download without a reason', { ...download, justification: ' ' }, 'POLICY_JUSTIFICATION_REQUIRED'],
    ['a link that leads out', { ...download, remote_path: '/tmp/out' }, 'POLICY_PATH_FORBIDDEN'],
    ['a folder that leads out', { ...download, remote_path: '/tmp/away/secret' }, 'POLICY_PATH_FORBIDDEN'],
    ['an upload through a folder that leads out', { ...upload, remote_path: '/tmp/away/x' }, 'POLICY_PATH_FORBIDDEN'],
    ['an upload onto a link', { ...upload, remote_path: '/tmp/out', overwrite: true }, 'POLICY_PATH_FORBIDDEN'],
    ['a device', { ...download, remote_path: '/tmp/device' }, 'POLICY_PATH_FORBIDDEN'],
    ['an upload onto a device', { ...upload, remote_path: '/tmp/device', overwrite: true }, 'POLICY_PATH_FORBIDDEN'],
    ['a folder', { ...download, remote_path: '/tmp/folder' }, 'POLICY_PATH_FORBIDDEN'],
    ['a hard link', { ...download, remote_path: '/tmp/twice' }, 'POLICY_PATH_FORBIDDEN'],
    ['a link to a blocked extension', { ...download, remote_path: '/tmp/innocent' }, 'POLICY_EXTENSION_BLOCKED'],
    ['a local path that leads out', { ...download, local_path: '../x' }, 'LOCAL_PATH_FORBIDDEN'],
    ['a local source that leads out', { ...upload, local_path: '../x' }, 'LOCAL_PATH_FORBIDDEN'],
  ]

  test.each(refusals)('%s', async (_, args, code) => {
    const { call, tree, localFiles, journal } = scene()
    tree.link('/tmp/out', '/etc/secret')
    tree.link('/tmp/away', '/etc')
    tree.other('/tmp/device')
    tree.folder('/tmp/folder')
    tree.put('/tmp/twice', 'the secret', { links: 2 })
    tree.put('/tmp/real.sh', 'x')
    tree.link('/tmp/innocent', '/tmp/real.sh')
    expect(await call('transfer_file', args)).toMatchObject({ isError: true, error: { code } })
    expect(journal.lines.at(-1)).toMatchObject({ outcome: { status: 'denied', error: { code } } })
    expect([...localFiles.files.keys()]).toEqual(['out.txt'])
    expect([tree.text('/etc/secret'), tree.names('/etc'), leftovers(tree)]).toEqual(['the secret', ['secret'], []])
  })

  test.each(['lstat', 'openRead', 'fstat', 'read', 'readOnHost'])(
    'a file that is swapped for a link before %s',
    async (moment) => {
      const made: { tree?: MemoryTree; isDone?: boolean } = {}
      const { call, tree, localFiles } = scene({
        before: (request) => {
          if (request !== moment || made.isDone) return
          made.isDone = true
          made.tree?.link('/tmp/report.txt', '/etc/secret')
        },
      })
      made.tree = tree
      expect(await call('transfer_file', download)).toMatchObject({ error: { code: 'POLICY_PATH_FORBIDDEN' } })
      expect(localFiles.files.has('staging-1/report.txt')).toBe(false)
    },
  )

  test('a file that was swapped and swapped back', async () => {
    const made: { tree?: MemoryTree } = {}
    const { call, tree, localFiles } = scene({
      before: (request) => {
        if (request === 'openRead') made.tree?.link('/tmp/report.txt', '/etc/secret')
        else if (request === 'fstat') made.tree?.put('/tmp/report.txt', 'the report')
      },
    })
    made.tree = tree
    tree.put('/etc/secret', 'the secret', { uid: 0 })
    expect(await call('transfer_file', download)).toMatchObject({ error: { code: 'POLICY_PATH_FORBIDDEN' } })
    expect(localFiles.files.has('staging-1/report.txt')).toBe(false)
  })

  test.each([
    ['while the file is made', 'create', 'realpath', ['secret', expect.stringMatching(/^\.sshmcp/)]],
    ['while it gets its name', 'placeOnHost', 'never', ['secret']],
  ])('a folder that is a link %s', async (_, from, until, left) => {
    const made: { tree?: MemoryTree; isLink?: boolean } = {}
    const { call, tree } = scene({
      before: (request) => {
        if (request === from) {
          made.isLink = true
          made.tree?.move('/tmp/sub', '/tmp/aside')
          made.tree?.link('/tmp/sub', '/etc')
        } else if (request === until && made.isLink === true) {
          made.isLink = false
          made.tree?.remove('/tmp/sub')
          made.tree?.move('/tmp/aside', '/tmp/sub')
        }
      },
    })
    made.tree = tree
    tree.folder('/tmp/sub')
    expect(await call('transfer_file', { ...upload, remote_path: '/tmp/sub/x' })).toMatchObject({
      error: { code: 'POLICY_PATH_FORBIDDEN' },
    })
    const names = tree.names('/etc') ?? []
    expect(names).toEqual(left)
    // What was made there before anybody could see it is empty.
    expect(names.slice(1).map((name) => tree.text(`/etc/${name}`))).toEqual(names.slice(1).map(() => ''))
  })

  test('a folder that is swapped for a link while an upload goes on', async () => {
    const made: { tree?: MemoryTree } = {}
    const { call, tree } = scene({
      before: (request) => {
        if (request !== 'write') return
        made.tree?.remove('/tmp/sub')
        made.tree?.link('/tmp/sub', '/etc')
      },
    })
    made.tree = tree
    tree.folder('/tmp/sub')
    expect(await call('transfer_file', { ...upload, remote_path: '/tmp/sub/x' })).toMatchObject({
      error: { code: 'POLICY_PATH_FORBIDDEN' },
    })
    expect(tree.names('/etc')).toEqual(['secret'])
  })
})

describe('sizes', () => {
  test.each([
    ['a download', download, { max_download_bytes: 9 }],
    ['an upload', upload, { max_upload_bytes: 8 }],
  ])('%s beyond the limit', async (_, args, policy) => {
    const { call, tree, localFiles } = scene({}, policy)
    expect(await call('transfer_file', args)).toMatchObject({ error: { code: 'POLICY_FILE_TOO_LARGE' } })
    expect([localFiles.files.size, localFiles.unfinished, leftovers(tree)]).toEqual([1, 0, []])
  })

  test('a file that grows beyond the limit while it is read', async () => {
    const made: { tree?: MemoryTree } = {}
    const { call, tree, localFiles } = scene(
      {
        before: (request, path) => {
          const file = request === 'read' ? made.tree?.file(path) : undefined
          if (file !== undefined) file.content = Buffer.concat([file.content, new Uint8Array(40_000)])
        },
      },
      { max_download_bytes: 100_000 },
    )
    made.tree = tree
    tree.put('/tmp/report.txt', new Uint8Array(50_000))
    expect(await call('transfer_file', download)).toMatchObject({ error: { code: 'POLICY_FILE_TOO_LARGE' } })
    expect([localFiles.files.size, localFiles.unfinished]).toEqual([1, 0])
  })
})

test('a host narrows what the policy allows and never widens it', async () => {
  const entry = { host_id: 'staging-1', hostname: '10.0.0.5', ssh_user: 'deploy' }
  const transfer = {
    allowed_paths: ['/tmp/in/*', '/etc/*'],
    max_download_bytes: 99_999_999,
    blocked_extensions: ['.key'],
  }
  const rules = testRules({
    hosts: parseHosts(JSON.stringify([{ ...entry, transfer }]), 'hosts.json', { osUser: 'me' }),
  })
  const tree = new MemoryTree()
  for (const path of ['/tmp/in/a', '/tmp/a', '/etc/a', '/tmp/in/a.key', '/tmp/in/a.sh']) tree.put(path, 'x')
  const { call } = toolBench({ rules, files: new MemorySftp(tree) })
  const answer = async (path: string): Promise<string> => {
    const reply = await call('transfer_file', { ...download, remote_path: path })
    return reply.isError ? reply.error.code : 'ok'
  }
  expect(await answer('/tmp/in/a')).toBe('ok')
  expect(await answer('/tmp/a')).toBe('POLICY_PATH_FORBIDDEN')
  expect(await answer('/etc/a')).toBe('POLICY_PATH_FORBIDDEN')
  expect(await answer('/tmp/in/a.key')).toBe('POLICY_EXTENSION_BLOCKED')
  expect(await answer('/tmp/in/a.sh')).toBe('POLICY_EXTENSION_BLOCKED')
})

test.each([
  ['developer', 'POLICY_ROLE_MISSING'],
  ['auditor', 'POLICY_HOST_UNKNOWN'],
] as const)('a %s moves no files', async (role, code) => {
  expect(await toolBench({ roles: [role] }).call('transfer_file', download)).toMatchObject({ error: { code } })
})

test('a read-only server moves no files', async () => {
  const { call } = toolBench({ rules: testRules({ readOnly: true }), files: new MemorySftp() })
  expect(await call('transfer_file', download)).toMatchObject({ error: { code: 'POLICY_READ_ONLY' } })
})

test('a session of the caller’s own is used, another is unknown', async () => {
  const { call, transport } = scene()
  const opened = await call('ssh_connect', { host_id: 'staging-1' })
  const sessionId = opened.isError ? '' : opened.result.session_id
  expect(await call('transfer_file', { ...download, session_id: sessionId })).toMatchObject({ isError: false })
  expect(transport.connections).toHaveLength(1)
  expect(await call('transfer_file', { ...download, session_id: 'none', overwrite: true })).toMatchObject({
    error: { code: 'SESSION_UNKNOWN' },
  })
})
