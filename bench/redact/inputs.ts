/** Numbers that look random and are the same each time. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state >>> 8) % below
  }
}

const next = sequence(12_345)
const hex = (length: number): string => Array.from({ length }, () => '0123456789abcdef'[next(16)]).join('')
const time = (): string => `${next(24)}:${10 + next(50)}:${10 + next(50)}`
const address = (): string => `10.0.${next(256)}.${next(256)}`

const kinds: readonly (() => string)[] = [
  () =>
    `Nov 22 ${time()} web${next(9)} sshd[${next(99_999)}]: Accepted publickey for deploy from ${address()} port ${next(65_535)} ssh2`,
  () =>
    `${address()} - - [22/Nov/2026:${time()} +0000] "GET /api/v1/orders/${next(99_999)} HTTP/1.1" 200 ${next(9999)} "-" "Mozilla/5.0 (X11; Linux x86_64)"`,
  () =>
    `{"ts":${1_700_000_000 + next(9_999_999)},"level":30,"pid":${next(9999)},"hostname":"web1","msg":"request completed","reqId":"req-${hex(4)}"}`,
  () => `-rw-r--r-- 1 root root ${next(99_999)} Nov 22 07:42 file-${hex(6)}.conf`,
  () =>
    `www-data ${next(99_999)}  0.0  0.4 ${next(999_999)} ${next(99_999)} ?  Ssl  05:51   0:03 nginx: worker process`,
  () =>
    `Nov 22 ${time()} db1 postgres[${next(9999)}]: [4-1] LOG:  duration: ${next(999)}.123 ms  statement: SELECT id, name FROM users WHERE id = ${next(99_999)}`,
  () => `Nov 22 ${time()} web1 systemd[1]: Started Session ${next(999)} of User root.`,
  () => `[  ${next(99_999)}.${next(999_999)}] usb 1-1: new high-speed USB device number ${next(99)} using xhci_hcd`,
  () => `commit ${hex(40)}`,
  () => `    at Object.<anonymous> (/srv/app/src/handlers/orders.ts:${next(999)}:11)`,
  () => `2026-11-22T${time()}Z INFO token refreshed for user ${next(9999)} (key cache hit, ttl=300)`,
]

/** What hosts print on a good day: logs, listings, traces; one line in 640 holds a secret. */
export function ordinary(length: number): string {
  const lines: string[] = []
  for (let size = 0; size < length; ) {
    const line = next(640) === 0 ? `DB_PASSWORD=${hex(12)}Zq` : (kinds[next(kinds.length)] ?? kinds[0])?.()
    lines.push(line ?? '')
    size += (line?.length ?? 0) + 1
  }
  return `${lines.join('\n')}\n`
}

const fill = (piece: string) => (length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)

/** Texts made to be slow: openings without ends, prefixes without bodies, marks that make a parser go back. */
export const hostile: Readonly<Record<string, (length: number) => string>> = {
  'one long word': fill('a'),
  'one long line of words': fill('lorem ipsum '),
  'empty lines': fill('\n'),
  'begin of a key': fill('-----BEGIN RSA PRIVATE KEY-----\n'),
  'begin of a key, one line': fill('-----BEGIN RSA PRIVATE KEY-----'),
  token: fill('token'),
  'token and blank': fill('token '),
  'password=': fill('password='),
  'password: "': fill('password: "'),
  'key=': fill('key='),
  'start of a web token': fill('eyJ'),
  'web token without end': fill('eyJhbGciOi.eyJ'),
  'address without host': fill('://a:b'),
  'at signs': fill('http://@@'),
  'backslashes and quotes': fill('"\\"password\\":\\"'),
  'lines of base64': fill(`${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo'.repeat(2).slice(0, 64)}\n`),
  cookies: fill('cookie: a=b; '),
  commands: fill('mysql -p curl -u '),
  'prefixes of tokens': fill('ghp_glpat-xoxb-AKIA sk_live_'),
  'equals and blanks': fill('secret =                '),
}

/** Pieces with a number of their own, so that none is like the one before. */
const counted = (piece: (count: number) => string) => (length: number) => {
  let text = ''
  for (let count = 0; text.length < length; count++) text += piece(count)
  return text.slice(0, length)
}

const mixed = (count: number): string =>
  Math.imul(count + 1, 0x9e37_79b1)
    .toString(36)
    .replace('-', 'Z')

/** Texts that cost most: each piece is, or seems to be, another secret. */
export const varied: Readonly<Record<string, (length: number) => string>> = {
  'lines of passwords': counted((count) => `password=${mixed(count)}x7\n`),
  'passwords without a closing quote': counted((count) => `password: "${count}\n`),
  'passwords in one line': counted((count) => `password="${mixed(count)}x7" `),
  'tokens without a value': counted((count) => `token ${count} `),
  'keys of an address': counted((count) => `key=${mixed(count)}x7&`),
}
