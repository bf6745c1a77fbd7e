import { createServer, type Server } from 'node:http'
import { MemoryAuditStore } from '@sshmcp/audit/testing'
import { tokenSha256 } from '@sshmcp/identity'
import { ManualClock, sequentialIds } from '@sshmcp/kernel/testing'
import { createRuntime, type Runtime } from '@sshmcp/runtime'
import { callersByProof, loadHttpConfig } from '@sshmcp/runtime/http'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import { MemorySftp, type MemoryTree, type Script, ScriptedTransport } from '@sshmcp/transport/testing'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { type AppDeps, createApp, type HttpApp } from '../../src/app.ts'
import { approvalUrlOf } from '../../src/approval-url.ts'
import { fileUrlOf } from '../../src/files/files-page.ts'
import { McpCaller } from './mcp-caller.ts'

type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey']
type Json = Readonly<Record<string, unknown>>

const identity = (user_id: string, roles: readonly string[]) => ({
  user_id,
  roles,
  token_sha256: tokenSha256(`token-of-${user_id}`),
})

/** The whole app on fakes: the configuration folder is real, hosts and journal are in memory. */
export class HttpBench extends McpCaller {
  readonly folder: ConfigFolder
  readonly runtime: Runtime
  readonly http: HttpApp
  readonly clock: ManualClock
  readonly transport: ScriptedTransport
  readonly store: MemoryAuditStore
  readonly accessLines: string[]
  readonly logLines: string[]

  private constructor(parts: Omit<HttpBench, 'request' | 'close' | keyof McpCaller>) {
    super((path, init) => this.request(path, init))
    this.folder = parts.folder
    this.runtime = parts.runtime
    this.http = parts.http
    this.clock = parts.clock
    this.transport = parts.transport
    this.store = parts.store
    this.accessLines = parts.accessLines
    this.logLines = parts.logLines
  }

  static async start(
    options: {
      readonly http?: Json
      readonly templates?: readonly Json[]
      readonly policy?: Json
      /** The files of every host. */
      readonly tree?: MemoryTree
      readonly run?: Script
      readonly limits?: AppDeps['limits']
      readonly isHealthy?: () => boolean
      readonly extend?: AppDeps['extend']
    } = {},
  ): Promise<HttpBench> {
    const folder = configFolder()
    folder.write('identities.json', { identities: [identity('alice', ['operator']), identity('bob', ['admin'])] })
    if (options.http !== undefined) folder.write('http.json', options.http)
    if (options.templates !== undefined) folder.write('templates.json', options.templates)
    if (options.policy !== undefined) folder.write('policy.json', options.policy)
    const flags = { isDev: false, isBehindProxy: false }
    const config = loadHttpConfig(folder.surroundings(), flags)
    const clock = new ManualClock()
    const { tree } = options
    const sftp = tree === undefined ? {} : { sftp: () => new MemorySftp(tree) }
    const transport = new ScriptedTransport(options.run ?? (() => ({ stdout: 'fine' })), sftp)
    const store = new MemoryAuditStore()
    const logLines: string[] = []
    const log = (line: string): void => void logLines.push(line)
    const { adapters } = callersByProof(config, flags, clock)
    const fakes = { ...adapters, clock, ids: sequentialIds(), transport, audit: { store } }
    const runtime = await createRuntime(config, {
      adapters: fakes,
      version: '0',
      log,
      fileUrl: fileUrlOf(config),
      approvalUrl: approvalUrlOf(config),
    })
    const accessLines: string[] = []
    let n = 0
    const http = createApp({
      runtime: { ...runtime, isHealthy: options.isHealthy ?? runtime.isHealthy },
      config,
      clock,
      version: '0',
      follow: async function* () {},
      readConfig: () => loadHttpConfig(folder.surroundings(), flags),
      newId: () => `id-${++n}`,
      log,
      access: (line) => accessLines.push(line),
      ...(options.limits === undefined ? {} : { limits: options.limits }),
      ...(options.extend === undefined ? {} : { extend: options.extend }),
    })
    return new HttpBench({ folder, runtime, http, clock, transport, store, accessLines, logLines })
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    return await this.http.app.request(`http://127.0.0.1:8022${path}`, init)
  }

  async close(): Promise<void> {
    await this.http.drain(0)
    await this.runtime.close()
    this.folder.remove()
  }
}

/** An issuer of JWTs on loopback, with its key list. */
export class TestIssuer {
  readonly url: string
  readonly #server: Server
  readonly #key: PrivateKey
  readonly publicPem: string

  private constructor(server: Server, url: string, key: PrivateKey, publicPem: string) {
    this.#server = server
    this.url = url
    this.#key = key
    this.publicPem = publicPem
  }

  static async start(): Promise<TestIssuer> {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
    const server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const { port } = address
    return new TestIssuer(server, `http://127.0.0.1:${port}`, privateKey, JSON.stringify(jwk))
  }

  /** The section of http.json that trusts it. */
  section(more: Json = {}): Json {
    return {
      issuer: this.url,
      audience: 'https://ssh.example.org/mcp',
      jwks_url: `${this.url}/jwks`,
      user_claim: 'preferred_username',
      ...more,
    }
  }

  sign(claims: JWTPayload, nowMs: number): Promise<string> {
    const seconds = Math.floor(nowMs / 1000)
    const usual = {
      iss: this.url,
      aud: 'https://ssh.example.org/mcp',
      exp: seconds + 300,
      iat: seconds,
      roles: ['operator'],
    }
    return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(this.#key)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
