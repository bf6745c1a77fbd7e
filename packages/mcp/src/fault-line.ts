import { printable } from '@sshmcp/kernel'

const longest = 300

/**
 * What went wrong between us and a client, as a line for the server's own log. The SDK quotes the message that it could not
 * place: what a client said, such as an answer to a form, is nobody's to read there, and as long as the client likes.
 */
export function faultLine(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(/: \{[\s\S]*$/, '')
  return printable(text.length > longest ? `${text.slice(0, longest)}…` : text)
}
