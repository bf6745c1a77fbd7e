/**
 * The text of a name that a host gave as bytes: UTF-8, with each byte that is not part of any as a lone surrogate U+DC80 to
 * U+DCFF (PEP 383). {@link nameBytes} gives exactly these bytes back.
 */
export function nameText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return escaped(bytes)
  }
}

/** The bytes of a name; undefined when the text is none that {@link nameText} makes, or holds a NUL. */
export function nameBytes(text: string): Uint8Array | undefined {
  const wellFormed = new TextEncoder().encode(text)
  if (!/[\0\p{Cs}]/u.test(text)) return wellFormed
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code === 0) return undefined
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00)
    else if (code >= 0xd800 && code <= 0xdfff) return undefined
    else bytes.push(...new TextEncoder().encode(character))
  }
  const made = Uint8Array.from(bytes)
  // Escaped bytes that together are UTF-8 would be a second spelling of another name.
  return nameText(made) === text ? made : undefined
}

/** True for a name that can be written as UTF-8. */
export function isUtf8Name(text: string): boolean {
  return !/\p{Cs}/u.test(text)
}

function escaped(bytes: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = characterAt(bytes, at)
    text +=
      length === 0 ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0)) : strict.decode(bytes.subarray(at, at + length))
    at += Math.max(1, length)
  }
  return text
}

/** How many bytes from a place on are one character; 0 when none begins there. */
function characterAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
  if (length === 0 || at + length > bytes.length) return 0
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(at, at + length))
    return length
  } catch {
    return 0
  }
}
