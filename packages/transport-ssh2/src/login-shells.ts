import type { Host } from '@sshmcp/kernel'
import { type LoginShell, loginShellFrom, transportErrors } from '@sshmcp/transport'
import { addressOf } from './host-key-check.ts'

/** How long a host may take to name its login shell. */
export const probeSeconds = 10

/** The login shells learnt so far, one per host and account. */
export class LoginShells {
  readonly #known = new Map<string, LoginShell>()
  readonly #learning = new Map<string, Promise<LoginShell>>()

  of(host: Host): LoginShell | undefined {
    return this.#known.get(keyOf(host))
  }

  /** Takes what a host said of its own accord (the fence reports it); an answer that is no path teaches nothing. */
  note(host: Host, path: string): void {
    const shell = loginShellFrom(path)
    if (shell.path !== '') this.#known.set(keyOf(host), shell)
  }

  /** Asks once, however many calls wait for the answer. A failed question is asked again by the next call. */
  async learn(host: Host, ask: () => Promise<string>): Promise<LoginShell> {
    const key = keyOf(host)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const underWay = this.#learning.get(key)
    if (underWay !== undefined) return underWay
    const question = ask().then((answer) => {
      const shell = loginShellFrom(answer)
      this.#known.set(key, shell)
      return shell
    })
    this.#learning.set(key, question)
    return question.finally(() => this.#learning.delete(key))
  }
}

/** @throws TRANSPORT_SHELL_UNSUPPORTED */
export function requireServed(shell: LoginShell, host: Host): void {
  if (shell.family !== 'other') return
  const what = shell.path === '' ? 'did not name its login shell' : `has the login shell ${shell.path}`
  throw transportErrors.error('TRANSPORT_SHELL_UNSUPPORTED', {
    message: `The account "${host.sshUser}" on ${addressOf(host)} ${what}; quoting of parameters is not known to hold there. Nothing was run.`,
  })
}

function keyOf(host: Host): string {
  return JSON.stringify([host.hostId, host.hostname, host.port, host.sshUser])
}
