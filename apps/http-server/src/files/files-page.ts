import { isSshMcpError, type SshMcpError } from '@sshmcp/kernel'
import type { Runtime } from '@sshmcp/runtime'
import type { HttpConfig } from '@sshmcp/runtime/http'
import { type Context, Hono } from 'hono'
import { type BearerDeps, countedCallerOf } from '../guards/bearer.ts'
import type { AppEnv } from '../guards/client-address.ts'
import type { Rate } from '../guards/rate.ts'
import { refuse } from '../guards/refuse.ts'
import { attachment } from './attachment.ts'

export interface FilesPageDeps {
  readonly files: Runtime['files']
  readonly bearer: BearerDeps
  /** Of requests, by identity. */
  readonly requests: Rate
}

/** Where a handle of `transfer_file` is fetched. */
export function fileUrlOf({ http }: Pick<HttpConfig, 'http'>): (handle: string) => string {
  return (handle) => `${http.publicUrl}/files/${handle}`
}

/**
 * `GET /files/<handle>` gives a downloaded file to the identity that downloaded it; `PUT /files?name=…` makes a file that
 * `transfer_file` can upload. Both are streamed. Somebody else's handle answers as one that never was.
 */
export function filesPage(deps: FilesPageDeps): Hono<AppEnv> {
  const page = new Hono<AppEnv>()
  page.get('/files/:handle', async (context) => {
    const owner = await ownerOf(context, deps)
    if (owner instanceof Response) return owner
    try {
      const source = await deps.files.open(owner, context.req.param('handle'))
      if (source === undefined) {
        return refuse(context, { status: 404, code: 'HTTP_FILE_UNKNOWN', message: 'There is no such file.' })
      }
      return new Response(streamOf(source, context.req.raw.signal), { headers: attachment(source.path) })
    } catch (error) {
      return refused(context, error)
    }
  })
  page.put('/files', async (context) => {
    const owner = await ownerOf(context, deps)
    if (owner instanceof Response) return owner
    const { body } = context.req.raw
    if (body === null) {
      return refuse(context, { status: 400, code: 'HTTP_BODY_MISSING', message: 'The request has no body.' })
    }
    try {
      const stored = await deps.files.store(owner, context.req.query('name') ?? 'file', body)
      return context.json({ local_path: stored.localPath, bytes: stored.bytes, sha256: stored.sha256 }, 201)
    } catch (error) {
      return refused(context, error)
    }
  })
  return page
}

async function ownerOf(context: Context<AppEnv>, { bearer, requests }: FilesPageDeps) {
  const caller = await countedCallerOf(context, bearer, requests)
  return caller instanceof Response ? caller : caller.principal.userId
}

type Source = NonNullable<Awaited<ReturnType<Runtime['files']['open']>>>

/** Closes the file when all is sent or the client is gone. */
function streamOf(source: Source, signal: AbortSignal): ReadableStream<Uint8Array> {
  const chunks = source.read(signal)[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next()
        // A copy: what is read is lent, and the response takes its time.
        if (done !== true) return controller.enqueue(Uint8Array.from(value))
        await source.close()
        controller.close()
      } catch (error) {
        await source.close()
        controller.error(error)
      }
    },
    cancel: () => source.close(),
  })
}

const statuses = new Map([
  ['POLICY_FILE_TOO_LARGE', 413],
  ['LOCAL_PATH_FORBIDDEN', 400],
  ['LOCAL_NO_SPACE', 507],
  ['AUDIT_UNAVAILABLE', 503],
] as const)

function refused(context: Context<AppEnv>, error: unknown): Response {
  if (!isSshMcpError(error)) throw error
  const { code, message, next, field }: SshMcpError = error
  const status = [...statuses].find(([known]) => known === code)?.[1] ?? 500
  return context.json({ error: { code, message, next, ...(field === undefined ? {} : { field }) } }, status)
}
