/** An address or network in the one form that sshd takes in `source-address`. */
export type IpNetwork = string

/**
 * The normal form of an address or network (`10.0.0.0/8`, `2001:db8::/32`, `192.0.2.7`): undefined for anything that
 * sshd would refuse, such as host bits under the mask, or that names more than an address (a zone, a name, a negation).
 * An IPv4 address inside IPv6 (`::ffff:192.0.2.7`, how a dual-stack socket shows it) becomes the IPv4 address sshd sees.
 */
export function parseIpNetwork(text: string): IpNetwork | undefined {
  const [address = '', prefix, ...rest] = text.split('/')
  if (rest.length > 0) return undefined
  const bytes = parseIp(address)
  if (bytes === undefined) return undefined
  if (prefix === undefined) return formatIp(unmapped(bytes))
  if (!/^(0|[1-9][0-9]{0,2})$/.test(prefix)) return undefined
  const bits = Number(prefix)
  if (bits > bytes.length * 8 || !hasOnlyZeros(bytes, bits)) return undefined
  return `${formatIp(bytes)}/${bits}`
}

/** Tells whether an address lies in a list of networks, each in normal form. */
export function isWithin(address: string, networks: readonly IpNetwork[]): boolean {
  const parsed = parseIp(address)
  if (parsed === undefined) return false
  const bytes = unmapped(parsed)
  return networks.some((network) => {
    const [base = '', prefix] = network.split('/')
    const baseBytes = parseIp(base)
    if (baseBytes === undefined || baseBytes.length !== bytes.length) return false
    return sharesPrefix(bytes, baseBytes, prefix === undefined ? bytes.length * 8 : Number(prefix))
  })
}

function parseIp(text: string): Uint8Array | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

function parseIpv4(text: string): Uint8Array | undefined {
  if (!/^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$/.test(text) || text.endsWith('.')) return undefined
  return Uint8Array.from(text.split('.'), Number)
}

function parseIpv6(text: string): Uint8Array | undefined {
  const groupsOf = (part: string) => (part === '' ? [] : part.split(':'))
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const v4 = tail?.[2] === undefined ? undefined : parseIpv4(tail[2])
  if (tail !== null && v4 === undefined) return undefined
  const hex = (high: number | undefined, low: number | undefined) => (((high ?? 0) << 8) | (low ?? 0)).toString(16)
  const plain = v4 === undefined ? text : `${tail?.[1]}${hex(v4[0], v4[1])}:${hex(v4[2], v4[3])}`
  const halves = plain.split('::')
  if (halves.length > 2) return undefined
  const [head = [], end = []] = halves.map(groupsOf)
  const missing = 8 - head.length - end.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...end]
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  return Uint8Array.from(groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]))
}

function unmapped(bytes: Uint8Array): Uint8Array {
  const isMapped = bytes.length === 16 && bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 255
  return isMapped && bytes[11] === 255 ? bytes.subarray(12) : bytes
}

function formatIp(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  )
  const text = groups.join(':')
  const runs = text.match(/\b0(?::0)+\b/g) ?? []
  const longest = runs.sort((a, b) => b.length - a.length)[0]
  if (longest === undefined) return text
  // The run is replaced with its neighbouring colons: `1:0:0:2` becomes `1::2`.
  const [before = '', after = ''] = splitOnce(text, longest)
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`
}

function splitOnce(text: string, part: string): [string, string] {
  const at = text.search(new RegExp(`\\b${part}\\b`))
  return [text.slice(0, at), text.slice(at + part.length)]
}

function hasOnlyZeros(bytes: Uint8Array, fromBit: number): boolean {
  return bytes.every((byte, at) => {
    const kept = Math.min(8, Math.max(0, fromBit - at * 8))
    return (byte & (255 >> kept)) === 0
  })
}

function sharesPrefix(a: Uint8Array, b: Uint8Array, bits: number): boolean {
  return a.every((byte, at) => {
    const kept = Math.min(8, Math.max(0, bits - at * 8))
    return ((byte ^ (b[at] ?? 0)) & ~(255 >> kept) & 255) === 0
  })
}
