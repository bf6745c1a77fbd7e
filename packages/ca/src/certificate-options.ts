import { string, type WireReader } from './wire.ts'

/** What a certificate may switch on. Without any, a login can still run commands and SFTP, and nothing else. */
export const certificateExtensions = [
  'no-touch-required',
  'permit-X11-forwarding',
  'permit-agent-forwarding',
  'permit-port-forwarding',
  'permit-pty',
  'permit-user-rc',
] as const
/** One of {@link certificateExtensions}. */
export type CertificateExtension = (typeof certificateExtensions)[number]

/** What a certificate insists on: a server that does not know one of these refuses the login. */
export interface CriticalOptions {
  /** Runs instead of whatever the client asks for. */
  readonly forceCommand?: string
  /** Addresses and networks the login must come from. */
  readonly sourceAddresses?: readonly string[]
  /** A security key must have verified its user (PIN, finger), not only been touched. */
  readonly verifyRequired?: boolean
}

/** Encodes critical options, sorted as the format asks. */
export function encodeCriticalOptions(options: CriticalOptions): Buffer {
  const entries: Buffer[] = []
  if (options.forceCommand !== undefined) entries.push(entry('force-command', string(options.forceCommand)))
  if (options.sourceAddresses !== undefined) {
    entries.push(entry('source-address', string(options.sourceAddresses.join(','))))
  }
  if (options.verifyRequired === true) entries.push(entry('verify-required', Buffer.alloc(0)))
  return Buffer.concat(entries)
}

/** Encodes extensions, sorted as the format asks and each once. */
export function encodeExtensions(extensions: readonly CertificateExtension[]): Buffer {
  const names = [...new Set(extensions)].sort(byBytes)
  return Buffer.concat(names.map((name) => entry(name, Buffer.alloc(0))))
}

function entry(name: string, data: Buffer): Buffer {
  return Buffer.concat([string(name), string(data)])
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** Reads critical options. An unknown one is refused here, as every sshd refuses it. */
export function readCriticalOptions(reader: WireReader): CriticalOptions {
  const options: { -readonly [Name in keyof CriticalOptions]: CriticalOptions[Name] } = {}
  for (const { name, data } of readEntries(reader)) {
    if (name === 'force-command') options.forceCommand = wholeText(data, name)
    else if (name === 'source-address') options.sourceAddresses = wholeText(data, name).split(',')
    else if (name === 'verify-required') {
      data.end(name)
      options.verifyRequired = true
    } else throw reader.fail(`the critical option ${JSON.stringify(name)} is unknown`)
  }
  return options
}

/** Reads the names of extensions; sshd ignores those it does not know, so they are kept as they are. */
export function readExtensions(reader: WireReader): readonly string[] {
  return readEntries(reader).map(({ name, data }) => {
    if (certificateExtensions.some((known) => known === name)) data.end(name)
    return name
  })
}

function readEntries(reader: WireReader): { name: string; data: WireReader }[] {
  const entries: { name: string; data: WireReader }[] = []
  let previous = ''
  while (reader.remaining > 0) {
    const name = reader.text('an option name')
    if (previous !== '' && byBytes(previous, name) >= 0)
      throw reader.fail('the options are not sorted, or one stands twice')
    entries.push({ name, data: reader.nested() })
    previous = name
  }
  return entries
}

function wholeText(data: WireReader, name: string): string {
  const text = data.text(name)
  data.end(name)
  return text
}
