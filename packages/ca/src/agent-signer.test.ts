import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSshMcpError, systemClock } from '@sshmcp/kernel'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { sampleKey } from '../test/support/sample-keys.ts'
import { agentHolds, agentSigner, createMint, generateCaKey, memorySigner } from './index.ts'
import { signBlob } from './signature.ts'
import { string, u8, u32, WireReader } from './wire.ts'

const folder = mkdtempSync(join(tmpdir(), 'sshmcp-agent-'))
let count = 0
const socketPath = join(folder, 'agent')
const key = generateCaKey()
const never = new AbortController().signal
const servers: { server: Server; sockets: Set<Socket> }[] = []

afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** An agent that answers each request as told; undefined is silence. */
async function agentThat(answer: (request: Buffer, socket: Socket) => Buffer | undefined) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (request) => {
      const reply = answer(Buffer.from(request), socket)
      if (reply !== undefined) socket.write(reply)
    })
  })
  const path = join(folder, `s${++count}`)
  await new Promise<void>((resolve) => server.listen(path, resolve))
  servers.push({ server, sockets })
  return { socketPath: path }
}

async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'accepted',
    (error) => (isSshMcpError(error) ? error.code : String(error)),
  )
}

const signAnswer = (request: Buffer) => {
  const reader = new WireReader(request, (why) => new Error(why))
  reader.bytes(5)
  reader.string()
  return string(Buffer.concat([u8(14), string(signBlob(key.publicKey, key.privateKey.reveal(), reader.string()))]))
}

describe('agentSigner', () => {
  test('signs what memory signs, however the answer is cut', async () => {
    const agent = await agentThat((request, socket) => {
      const answer = signAnswer(request)
      socket.write(answer.subarray(0, 3), () => socket.write(answer.subarray(3)))
      return undefined
    })
    const signed = await agentSigner(agent, key.publicKey).sign(Buffer.from('x'), never)
    expect(Buffer.from(signed)).toEqual(Buffer.from(await memorySigner(key).sign(Buffer.from('x'), never)))
  })

  test.each<[string, (socket: Socket) => Buffer | undefined, string]>([
    ['refuses', () => string(u8(5)), 'CA_AGENT_REFUSED'],
    ['answers something else', () => string(u8(6)), 'CA_AGENT_REFUSED'],
    ['answers nonsense', () => string(Buffer.concat([u8(14), u32(99)])), 'CA_AGENT_REFUSED'],
    ['answers nothing', () => string(''), 'CA_AGENT_REFUSED'],
    ['answers without end', () => Buffer.concat([u32(0xffffffff), Buffer.alloc(64)]), 'CA_AGENT_UNAVAILABLE'],
    ['hangs up', (socket) => void socket.destroy(), 'CA_AGENT_UNAVAILABLE'],
  ])('an agent that %s is a coded error', async (_name, answer, code) => {
    const agent = await agentThat((_request, socket) => answer(socket))
    expect(await codeOf(agentSigner(agent, key.publicKey).sign(Buffer.from('x'), never))).toBe(code)
  })

  test('an agent that is not there, or says nothing, is unavailable', async () => {
    expect(await codeOf(agentHolds({ socketPath }, key.publicKey, never))).toBe('CA_AGENT_UNAVAILABLE')
    const silent = { ...(await agentThat(() => undefined)), timeoutSeconds: 0.05 }
    expect(await codeOf(agentHolds(silent, key.publicKey, never))).toBe('CA_AGENT_UNAVAILABLE')
  })

  test('stops when it is told to', async () => {
    const silent = await agentThat(() => undefined)
    const stop = new AbortController()
    const signing = agentSigner(silent, key.publicKey).sign(Buffer.from('x'), stop.signal)
    stop.abort(new Error('enough'))
    await expect(signing).rejects.toThrow('enough')
  })

  test('an agent that signs with another key gives no certificate', async () => {
    const agent = await agentThat(signAnswer)
    const mint = createMint({ signer: agentSigner(agent, generateCaKey().publicKey), clock: systemClock })
    const request = { subject: sampleKey('ssh-ed25519').publicKey, keyId: 'k', principals: ['a'], ttlSeconds: 60 }
    expect(await codeOf(mint.issue(request, never))).toBe('CA_SELF_CHECK_FAILED')
  })

  test('a security key cannot be the CA', () => {
    const { publicKey } = sampleKey('sk-ssh-ed25519@openssh.com')
    expect(() => agentSigner({ socketPath }, publicKey)).toThrow(
      expect.objectContaining({ code: 'CA_KEY_TYPE_REFUSED' }),
    )
  })
})
