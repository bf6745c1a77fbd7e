import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'

/** The fields of a form that came from one of our own pages; undefined when it did not. */
export type Form = Readonly<Record<string, string>>

/**
 * Reads a form that was sent from our own origin, as its browser says. A form of a session also carries that session's
 * token.
 */
export async function readForm(context: Context, publicUrl: URL, formToken?: string): Promise<Form | undefined> {
  if (!isOurs(context, publicUrl)) return undefined
  const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') return undefined
  const fields: Form = Object.fromEntries(new URLSearchParams(await context.req.text()))
  if (formToken === undefined || isSame(fields.form_token ?? '', formToken)) return fields
  return undefined
}

/** Every browser sends an Origin with a form; one without it is no browser's. */
function isOurs(context: Context, publicUrl: URL): boolean {
  const origin = context.req.header('origin')
  if (origin === publicUrl.origin) return true
  // On loopback people also come by another name of it; which names are allowed was looked at before.
  return publicUrl.protocol === 'http:' && origin === `http://${new URL(context.req.url).host}`
}

function isSame(given: string, known: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(known))
}
