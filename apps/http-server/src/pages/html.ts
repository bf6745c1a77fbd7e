import { printable } from '@sshmcp/kernel'
import { html } from 'hono/html'

export { html } from 'hono/html'

/** Markup whose values were escaped when they were put in. */
export type Html = ReturnType<typeof html>

/** Text from elsewhere: what could hide in it or reorder it is shown, and how it is written left to right. */
export function shown(text: unknown): Html {
  return html`<bdi dir="ltr">${printable(String(text))}</bdi>`
}

/** A moment, to the second, in the time zone that the journal is written in. */
export function moment(rfc3339: string): Html {
  return html`<time datetime="${rfc3339}">${rfc3339.slice(0, 19).replace('T', ' ')} UTC</time>`
}
