import { open } from 'node:fs/promises'
import { Secret } from '@sshmcp/kernel'
import type { PrivateKeyFile, PrivateKeys } from '@sshmcp/transport'
import { errnoOf } from './errno.ts'
import { expandHome, shortenHome } from './home-path.ts'

/** OpenSSH's order of the kinds that are spoken here. */
const defaultNames = ['~/.ssh/id_ed25519', '~/.ssh/id_ecdsa', '~/.ssh/id_rsa'] as const

/** No private key is this long: whoever names a log or a device as identity_file gets an answer, not a full memory. */
const mostBytes = 65_536

/** Private keys from files, read for every connection. What others can read is no private key, as in OpenSSH. */
export function createFilePrivateKeys({ home }: { readonly home: string }): PrivateKeys {
  return {
    named: (path) => readKey(path, home),
    async defaults() {
      const files = await Promise.all(defaultNames.map((path) => readKey(path, home)))
      return files.filter((file) => file.found || file.why !== missing)
    },
  }
}

const missing = 'the file is not there'

async function readKey(named: string, home: string): Promise<PrivateKeyFile> {
  const path = shortenHome(expandHome(named, home), home)
  const no = (why: string): PrivateKeyFile => ({ path, found: false, why })
  try {
    const handle = await open(expandHome(named, home), 'r')
    try {
      const { mode, uid, size } = await handle.stat()
      if ((mode & 0o170_000) !== 0o100_000) return no('not a plain file')
      if (size > mostBytes) return no('too long to be a private key')
      // Others may read a public key, and chmod would not make a private one of it.
      if (path.endsWith('.pub')) return no('the public half of a key; the private one has no .pub at its end')
      // OpenSSH's rule: a key of our own that others can read is not used; another owner has had their reasons.
      if (uid === process.getuid?.() && (mode & 0o077) !== 0) {
        return no(`others can read it (mode ${(mode & 0o777).toString(8)}); chmod 600 mends that`)
      }
      return { path, found: true, text: new Secret(await handle.readFile('utf8')) }
    } finally {
      await handle.close()
    }
  } catch (error) {
    const code = errnoOf(error)
    return no(code === 'ENOENT' || code === 'ENOTDIR' ? missing : `it cannot be read (${code ?? 'unknown error'})`)
  }
}
