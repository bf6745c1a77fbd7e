import { httpErrors } from '@sshmcp/mcp/http'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export interface Refusal {
  readonly status: ContentfulStatusCode
  readonly code: keyof typeof httpErrors.table
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers with what was refused and what to do now, in the form that failures have everywhere. */
export function refuse(context: Context, { status, code, message, headers }: Refusal): Response {
  const { next } = httpErrors.error(code, { message })
  return context.json({ error: { code, message, next } }, status, headers)
}

/** 429, until a window of a minute is over. */
export function refuseForNow(context: Context, code: Refusal['code'], message: string, seconds: number): Response {
  return refuse(context, { status: 429, code, message, headers: { 'retry-after': String(seconds) } })
}
