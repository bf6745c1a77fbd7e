import type { LineScan, Scanner } from './scan.ts'
import { valueExtent } from './value-extent.ts'
import { isPlaceholder, isWordLike, looksRandom } from './value-shape.ts'

/** Programs that read a password from their standard input. */
const readers =
  /^(?:(?:sudo|doas|exec|env)\s+(?:-[\w-]+\s+){0,3})?(?:chpasswd|passwd\b|(?:docker|podman|helm|nerdctl|crane|oras|skopeo)\s.{0,120}--password-stdin|(?:docker|podman)\s+secret\s+create|cryptsetup|kinit|adcli|realm\s+join|gh\s+auth|smbpasswd|vncpasswd|encfs\s.{0,60}--stdinpass|openssl\s+passwd|pass\s+insert|gopass\s+insert|su\b|zfs\s+load-key|gpg2?\s.{0,120}--passphrase-fd|restic\b|borg\b|ansible-vault|vault\s+(?:login|write|kv))|^(?:sudo\s+(?:-\w+\s+){0,3}-\w*S)/

const feeds = /(?:echo|printf|print)\s+(?:-[neE]+\s+)?(?:["']%s(?:\\n)?["']\s+)?(?=[^\s|-])/y

/** `bob:X` of chpasswd keeps the name, `X\nX` is the same secret twice, and `X\n` ends in no secret. */
function maskFed(scan: LineScan, start: number, end: number, pairs: boolean): void {
  let at = start
  for (const part of scan.line.slice(start, end).split(/\\n/)) {
    const colon = pairs ? part.indexOf(':') + 1 : 0
    const secret = part.slice(colon)
    if (secret.length >= 4 && !isPlaceholder(secret)) scan.spans.add(at + colon, at + part.length, 'command-password')
    at += part.length + 2
  }
}

/** `echo 'root:X' | chpasswd`, `printf 'X\nX\n' | passwd bob`, `echo X | sudo -S …`. */
export const scanPiped: Scanner = (scan, position) => {
  const { line } = scan
  feeds.lastIndex = position
  if (!feeds.test(line)) return
  const { start, end, quoted } = valueExtent(line, feeds.lastIndex)
  if (end - start > 256) return
  const pipe = /^\s*\|\s*/.exec(line.slice(quoted ? end + 1 : end, end + 20))
  if (pipe === null) return
  const from = (quoted ? end + 1 : end) + pipe[0].length
  const command = line.slice(from, from + 240)
  if (readers.test(command)) maskFed(scan, start, end, /chpasswd/.test(command))
  else if (/^base64\b(?! +-d)/.test(command) && isMixed(line.slice(start, end))) maskFed(scan, start, end, false)
}

const isMixed = (value: string): boolean => looksRandom(value) && !isWordLike(value) && !/\s/.test(value)

const commandStart = /[|;&(]\s*(?=\S)/g

/** `cryptsetup open /dev/sdb x <<< X`. */
export const scanHereString: Scanner = (scan, position) => {
  const { line } = scan
  const from = Math.max(0, position - 300)
  const before = line.slice(from, position)
  const at = [...before.matchAll(commandStart)].at(-1)
  const command = (at === undefined ? before : before.slice(at.index + 1))
    .replace(/^.{0,120}?[$#>%+]\s+/, '')
    .trimStart()
  if (!readers.test(command)) return
  let value = position + 3
  while (line[value] === ' ') value++
  if (line[value] === '$' && /["']/.test(line[value + 1] ?? '')) value++
  const { start, end } = valueExtent(line, value)
  maskFed(scan, start, end, /chpasswd/.test(command))
}

/** `--password-file=<(echo X)`. */
export const scanSubstituted: Scanner = (scan, position) => {
  const { line } = scan
  if (!/(?:(?:pass|token|secret|key)[\w-]*|\s-f)[=\s]+$/i.test(line.slice(Math.max(0, position - 40), position))) return
  const found = /^<\((?:echo|printf)\s+(?:-n\s+)?/.exec(line.slice(position, position + 24))
  if (found === null) return
  const { start, end } = valueExtent(line, position + found[0].length)
  maskFed(scan, start, end, false)
}
