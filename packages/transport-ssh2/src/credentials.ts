import { type Host, printable, shellWord } from '@sshmcp/kernel'
import { fingerprint, type PrivateKeyFile, type PrivateKeys } from '@sshmcp/transport'
import type { BaseAgent, ParsedKey } from 'ssh2'
import { type AgentKey, type AgentKeys, listAgentKeys } from './agent-keys.ts'
import { loadSsh2 } from './load-ssh2.ts'
import { publicBlobOf } from './openssh-key-file.ts'

/** One key that can be offered. */
export interface Credential {
  /** In words, such as `key ~/.ssh/id_ed25519 (SHA256:…)`. */
  readonly label: string
  readonly source:
    | { readonly kind: 'file'; readonly key: ParsedKey }
    | { readonly kind: 'agent'; readonly agent: BaseAgent }
}

/** What there is to log in with, and what there is not. */
export interface Credentials {
  /** In the order in which they are offered: identity_file, then the agent, then the default keys. */
  readonly usable: readonly Credential[]
  /** Why other keys do not count, and what the agent said: one phrase each. */
  readonly remarks: readonly string[]
  /** What to do when none of them is taken; undefined: install one of them. */
  readonly next?: string
}

/** A server counts refused keys (MaxAuthTries is 6 by default) and ends the connection; a few more do no harm. */
const mostOffers = 20

type FileKey = {
  readonly blob: Buffer
  readonly credential: Credential | undefined
  readonly remark: string | undefined
  /** The path of a key that only lacks its passphrase. */
  readonly locked?: string
}

/** Gathers the keys for one connection. Reads files and asks the agent; offers nothing to anybody yet. */
export async function gatherCredentials(
  host: Host,
  privateKeys: PrivateKeys,
  agentSocket: string | undefined,
  signal: AbortSignal,
): Promise<Credentials> {
  const [named, agent, defaults] = await Promise.all([
    host.identityFile === undefined ? [] : [await fileKey(await privateKeys.named(host.identityFile))],
    listAgentKeys(agentSocket, signal),
    privateKeys.defaults().then((files) => Promise.all(files.map(fileKey))),
  ])
  const unlocked = named.filter(({ credential }) => credential !== undefined)
  const locked = named.filter(({ credential }) => credential === undefined)
  const ordered = [...unlocked.map(offer), ...agentOffers(agent, locked), ...defaults.map(offer)]
  const seen = new Set<string>()
  const usable: Credential[] = []
  for (const { blob, credential } of ordered) {
    const id = blob.toString('base64')
    if (credential === undefined || seen.has(id)) continue
    seen.add(id)
    usable.push(credential)
  }
  const left = [...named, ...defaults].filter((key) => !seen.has(key.blob.toString('base64')))
  return {
    usable: usable.slice(0, mostOffers),
    remarks: [...left.flatMap(({ remark }) => remark ?? []), agent.state],
    ...nextFor(host, { usable, left, unusable: left.filter((key) => named.includes(key)) }),
  }
}

type Gathered = {
  readonly usable: readonly Credential[]
  readonly left: readonly FileKey[]
  /** The identity_file, where it is no use. */
  readonly unusable: readonly FileKey[]
}

/** Whoever named a file meant that key: what is wrong with it comes before any other. */
function nextFor(host: Host, { usable, left, unusable }: Gathered): { readonly next?: string } {
  const broken = unusable.find(({ locked }) => locked === undefined)?.remark
  if (broken !== undefined) return { next: `Mend the identity_file of ${host.hostId}: ${broken}.` }
  return usable.length > 0 ? {} : { next: getAKey(host, left) }
}

/** Where there is nothing to offer, the host has nothing to do with it. */
function getAKey({ sshUser, hostname, port }: Host, left: readonly FileKey[]): string {
  const [locked] = left.flatMap(({ locked }) => locked ?? [])
  if (locked !== undefined)
    return `Load the key into the ssh-agent (\`ssh-add ${printable(shellWord(locked))}\`), and start this where SSH_AUTH_SOCK names that agent.`
  const target = `${port === 22 ? '' : `-p ${port} `}${sshUser}@${hostname}`
  return `Make a key and put it on the host: \`ssh-keygen -t ed25519\`, then \`ssh-copy-id ${printable(target)}\`; or load one into the agent (\`ssh-add\`).`
}

type Offer = { readonly blob: Buffer; readonly credential: Credential | undefined }

function offer({ blob, credential }: FileKey): Offer {
  return { blob, credential }
}

/** A passphrase-protected identity_file is best served by the agent's copy of the same key: that one goes first. */
function agentOffers(agent: AgentKeys, locked: readonly FileKey[]): readonly Offer[] {
  const wanted = (key: AgentKey) => (locked.some(({ blob }) => blob.equals(key.blob)) ? 0 : 1)
  return agent.keys
    .map((key) => ({ key, rank: wanted(key) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ key }) => ({
      blob: key.blob,
      credential: {
        label: `agent key ${fingerprint(key.blob)}${key.comment === '' ? '' : ` (${printable(key.comment).slice(0, 80)})`}`,
        source: { kind: 'agent', agent: key.agent },
      },
    }))
}

const nothing = Buffer.alloc(0)

async function fileKey(file: PrivateKeyFile): Promise<FileKey> {
  const unusable = (blob: Buffer, why: string) => ({ blob, credential: undefined, remark: `${file.path}: ${why}` })
  if (!file.found) return unusable(nothing, file.why)
  const { utils } = await loadSsh2()
  const text = file.text.reveal()
  const parsed = utils.parseKey(text)
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  if (key instanceof Error) {
    const isLocked = /encrypted|passphrase/i.test(key.message)
    if (isLocked) {
      const why = 'protected by a passphrase; add it to the agent'
      return { ...unusable(publicBlobOf(text) ?? nothing, why), locked: file.path }
    }
    return unusable(nothing, 'not a private key that can be read')
  }
  if (!key.isPrivateKey()) return unusable(nothing, 'a public key, not a private one')
  const blob = key.getPublicSSH()
  const label = `key ${file.path} (${fingerprint(blob)})`
  return { blob, credential: { label, source: { kind: 'file', key } }, remark: undefined }
}
