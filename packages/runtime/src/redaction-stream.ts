import { createRedactor, type RedactionStream } from '@sshmcp/redact'

/** Masks text as it arrives, by the rules that the server masks output with. */
export function redactionOf(): RedactionStream {
  return createRedactor().stream()
}
