import { hostNamed, readHosts } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { trustedText, trustHost } from '../host-trust.ts'
import { interruptible } from '../interruptible.ts'

interface HostTrustOptions extends GlobalOptions {
  readonly fingerprint?: string
}

/** `hosts trust`: the only way a new key gets trusted, by a person who has seen its fingerprint. */
export const addHostsTrust: AddCommand = (hosts, context) => {
  const command = hosts
    .command('trust <host>')
    .description("show the fingerprints of a host's keys, ask, and write them into known_hosts")
    .option('--fingerprint <fingerprint>', 'trust this key (SHA256:…) without a question, if the host presents it')
    .action((host: string, _options: HostTrustOptions, self: Command) =>
      trust(context, host, self.optsWithGlobals<HostTrustOptions>()),
    )
  withExample(command, 'sshmcp hosts trust web-1')
}

async function trust(context: CommandContext, hostId: string, options: HostTrustOptions): Promise<void> {
  const { terminal } = context
  const desk = deskOf(context, options)
  const host = hostNamed(readHosts(desk), hostId)
  const { fingerprint } = options
  const trusted = await interruptible(terminal, (signal) => trustHost(terminal, { desk, host, fingerprint, signal }))
  if (options.json === true) writeJson(context, trusted)
  else terminal.write(trustedText(trusted))
}
