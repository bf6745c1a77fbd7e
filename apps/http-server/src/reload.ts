import { isSshMcpError } from '@sshmcp/kernel'
import type { Runtime } from '@sshmcp/runtime'
import type { HttpConfig } from '@sshmcp/runtime/http'

export interface ReloadDeps {
  /** @throws CONFIG_INVALID */
  readonly read: () => HttpConfig
  readonly runtime: Pick<Runtime, 'reload'>
  readonly log: (line: string) => void
}

/**
 * On SIGHUP takes hosts, templates and policy as the files have them now; when they are wrong, the old ones stay.
 * Address, issuer and limits of sessions need a restart.
 */
export function reloadOnHangup(deps: ReloadDeps): void {
  process.on('SIGHUP', () => {
    reload(deps).catch((error) => deps.log(`not reloaded: ${String(error)}`))
  })
}

async function reload({ read, runtime, log }: ReloadDeps): Promise<void> {
  try {
    await runtime.reload(read())
    log('configuration reloaded')
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    log(`not reloaded, the old configuration stays: ${error.message} ${error.next}`)
  }
}
