const shortestSecret = 6
const shortestLine = 12

const utf8 = (text: string): string => {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return bytes
}

/** The base64 of a text wherever it stands in a longer one: three alignments, without the characters its neighbours share. */
function base64Forms(text: string): readonly string[] {
  const bytes = utf8(text)
  return [0, 1, 2].map((shift) => {
    const encoded = btoa('\0'.repeat(shift) + bytes)
    const from = shift === 0 ? 0 : shift + 1
    const tail = (bytes.length + shift) % 3
    const to = tail === 0 ? encoded.length : encoded.length - (tail === 1 ? 3 : 2)
    return encoded.slice(from, to)
  })
}

/**
 * The forms in which a known secret may be met: as it is, line by line, in base64 (both alphabets, any alignment),
 * URL-encoded, and escaped as in JSON. Nothing for a text under six characters: masking it would damage everything.
 */
export function exactForms(secret: string): readonly string[] {
  if (secret.trim().length < shortestSecret) return []
  const lines = secret.includes('\n')
    ? secret.split(/\r?\n/).filter((line) => line.length >= shortestLine && !line.startsWith('-----'))
    : [secret]
  const encoded = base64Forms(secret).flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
  const forms = [
    ...lines,
    ...encoded.filter((form) => form.length >= 8),
    encodeURIComponent(secret),
    encodeURIComponent(secret).replace(/%20/g, '+'),
    JSON.stringify(secret).slice(1, -1),
  ]
  return [...new Set(forms)].filter((form) => form.length >= shortestSecret && !form.includes('\n'))
}
