import { basename } from 'node:path'

/** Headers that make a browser save what it gets, whatever it is, under the file's own name. */
export function attachment(path: string): Record<string, string> {
  const name = basename(path)
  // RFC 6266: a plain name for the old, the exact one for everybody else.
  const plain = name.replace(/[^A-Za-z0-9._-]/g, '_')
  return {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded(name)}`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  }
}

/** RFC 8187. A lone half of a character cannot be encoded. */
function encoded(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '_')).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  )
}
