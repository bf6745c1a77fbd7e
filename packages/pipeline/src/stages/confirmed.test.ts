import { type Principal, SshMcpError } from '@sshmcp/kernel'
import { aHost, aPrincipal, ManualClock, sequentialIds } from '@sshmcp/kernel/testing'
import { parsePolicy, parseTemplates } from '@sshmcp/policy'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { toolFactory } from '../define-tool.ts'
import { createPipeline } from '../pipeline.ts'
import type { CallRequest } from '../pipeline-deps.ts'
import type { Answer } from '../question.ts'
import { MemoryJournal, noKeys } from '../testing/index.ts'

const defineTool = toolFactory<Record<never, never>>()
const changes = { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false }
const shared = { description: '', risk: 'medium', annotations: changes, output: z.object({}), needs: [] } as const

const run = defineTool({
  ...{ ...shared, name: 'run', title: 'Run', verb: 'host.exec', input: z.strictObject({ text: z.string() }) },
  plan: ({ text }, catalog) => {
    const host = catalog.host('web-1')
    return { verb: 'host.exec', host, command: catalog.render(host, 'feed', { text }) }
  },
  execute: async () => ({}),
})

const fileVerb = (): 'file.read' | 'file.write' => 'file.write'
const move = defineTool({
  ...{ ...shared, name: 'move', title: 'Move a file', verb: fileVerb() },
  input: z.strictObject({ isUpload: z.boolean(), overwrite: z.boolean() }),
  plan: ({ isUpload, overwrite }, catalog) => ({
    ...{ verb: isUpload ? 'file.write' : 'file.read', host: catalog.host('web-1'), overwrite, justification: 'why' },
    ...{ remotePath: '/tmp/site.tar\u202e', localPath: 'dist/site.tar' },
  }),
  execute: async () => ({}),
})

const feed = { template_id: 'feed', description: '', argv: ['tee', '/etc/motd'], stdin: '{text}', risk_level: 'medium' }

function aPipeline(authenticate: () => Principal = () => aPrincipal('operator')) {
  const journal = new MemoryJournal()
  const pipeline = createPipeline<Record<never, never>>({
    tools: [run, move],
    rules: {
      hosts: [aHost()],
      templates: parseTemplates(JSON.stringify([{ ...feed, allowed_params: { text: '^.*$' } }]), 'templates.json'),
      policy: parsePolicy(undefined),
      readOnly: false,
    },
    keys: noKeys,
    authenticate,
    journal,
    redactor: { text: (text) => text, value: (value) => value },
    gate: { check: () => Promise.reject(new Error('nothing here needs an approval')) },
    confirmation: 'auto',
    clock: new ManualClock(),
    ids: sequentialIds(),
    bind: () => ({}),
    onFault: () => {},
  })
  const asked: string[] = []
  const call = (tool: string, args: unknown, answer: () => Answer, extra: Partial<CallRequest> = {}) =>
    pipeline.call({
      ...{ tool, args, credential: { kind: 'local' }, client: { name: 'test', version: '1' }, via: 'model' },
      signal: new AbortController().signal,
      ask: async ({ text }) => {
        asked.push(text)
        return answer()
      },
      ...extra,
    })
  return { call, asked, journal }
}

const yes = (): Answer => ({ kind: 'accept', value: '' })
const intents = ({ lines }: MemoryJournal) => lines.filter(({ kind }) => kind === 'intent').length

describe('the form says all that would happen', () => {
  test('what a command is given to read', async () => {
    const { call, asked } = aPipeline()
    await call('run', { text: 'from elsewhere' }, yes)
    expect(asked).toEqual([
      expect.stringMatching(/^Run\?\nHost: web-1 .*\nCommand: tee \/etc\/motd\nInput: from elsewhere$/),
    ])
  })

  test.each([
    [true, false, 'Upload: dist/site.tar\nTo: /tmp/site.tar\\u{202e}\nReplaces a file of that name: no'],
    [false, true, 'Download: /tmp/site.tar\\u{202e}\nTo: dist/site.tar\nReplaces a file of that name: yes'],
  ])('which way a file goes and what it replaces: upload %s, overwrite %s', async (isUpload, overwrite, shown) => {
    const { call, asked } = aPipeline()
    await call('move', { isUpload, overwrite }, yes)
    expect(asked[0]?.split('\n').slice(2).join('\n')).toBe(shown)
  })
})

describe('while the form was open', () => {
  test('somebody was revoked: a yes does nothing any more', async () => {
    let isRevoked = false
    const { call, journal } = aPipeline(() => {
      if (isRevoked)
        throw new SshMcpError('IDENTITY_TOKEN_UNKNOWN', { message: 'Unknown token.', next: 'Ask for one.' })
      return aPrincipal('operator')
    })
    const reply = await call('run', { text: 'x' }, () => {
      isRevoked = true
      return yes()
    })
    expect(reply).toMatchObject({ isError: true, error: { code: 'IDENTITY_TOKEN_UNKNOWN' } })
    expect(journal.lines).toMatchObject([{ kind: 'single', outcome: { status: 'denied' } }])
  })

  test('somebody lost the role: neither', async () => {
    const roles: ('operator' | 'developer')[] = ['operator']
    const { call, journal } = aPipeline(() => aPrincipal(...roles))
    const reply = await call('run', { text: 'x' }, () => {
      roles[0] = 'developer'
      return yes()
    })
    expect(reply).toMatchObject({ isError: true, error: { code: 'POLICY_ROLE_MISSING' } })
    expect(intents(journal)).toBe(0)
  })

  test('the call was given up: cancelled, not declined', async () => {
    const { call, journal } = aPipeline()
    const giving = new AbortController()
    const answer = (): Answer => {
      giving.abort()
      return { kind: 'cancel' }
    }
    const reply = await call('run', { text: 'x' }, answer, { signal: giving.signal })
    expect(reply).toMatchObject({ isError: true, error: { code: 'CALL_CANCELLED' } })
    expect(journal.lines).toMatchObject([{ kind: 'single', outcome: { status: 'cancelled' } }])
  })
})

test('a client that cannot show its form is told of as that, and nothing is done', async () => {
  const { call, journal } = aPipeline()
  const reply = await call('run', { text: 'x' }, () => ({ kind: 'failed' }))
  expect(reply).toMatchObject({
    isError: true,
    error: { code: 'CONFIRMATION_UNAVAILABLE', next: expect.stringContaining('to client') },
  })
  expect(intents(journal)).toBe(0)
})
