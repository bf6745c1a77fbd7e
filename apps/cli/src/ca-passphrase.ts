import { Secret } from '@sshmcp/kernel'
import { caPassphraseFromFile, type Desk, runtimeErrors } from '@sshmcp/runtime'
import type { Terminal } from './terminal.ts'

/**
 * The passphrase of the CA key: from the file that is named, else from the person at the terminal.
 *
 * @param isNew typed twice then, so that a slip does not lock everybody out
 * @throws CA_PASSPHRASE_NEEDED, CA_PASSPHRASE_MISTYPED, TERMINAL_DECLINED, CONFIG_INVALID
 */
export async function caPassphrase(
  terminal: Terminal,
  desk: Desk,
  { isNew, signal }: { readonly isNew: boolean; readonly signal: AbortSignal },
): Promise<Secret> {
  const fromFile = caPassphraseFromFile(desk)
  if (fromFile !== undefined) return fromFile
  const typed = await terminal.askSecret(
    isNew ? 'Passphrase for the new CA key: ' : 'Passphrase of the CA key: ',
    signal,
  )
  if (typed === undefined) {
    throw runtimeErrors.error('CA_PASSPHRASE_NEEDED', {
      message: 'There is no terminal to type the passphrase on, and SSH_MCP_CA_PASSPHRASE_FILE names no file.',
    })
  }
  if (typed === '') {
    throw runtimeErrors.error('TERMINAL_DECLINED', { message: 'No passphrase was typed.' })
  }
  if (isNew && (await terminal.askSecret('The same again: ', signal)) !== typed) {
    throw runtimeErrors.error('CA_PASSPHRASE_MISTYPED', { message: 'The two passphrases are not the same.' })
  }
  return new Secret(typed)
}
