import { printable } from '@sshmcp/kernel'
import { readHosts } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'

/** `hosts list`: what hosts.json says, as it is understood. */
export const addHostsList: AddCommand = (hosts, context) => {
  const command = hosts
    .command('list')
    .description('list the hosts of hosts.json')
    .action((_options: GlobalOptions, self: Command) => list(context, self.optsWithGlobals<GlobalOptions>()))
  withExample(command, 'sshmcp hosts list')
}

function list(context: CommandContext, options: GlobalOptions): void {
  const { terminal } = context
  const hosts = readHosts(deskOf(context, options))
  if (options.json === true) {
    const shown = hosts.map(({ hostId, hostname, port, sshUser, labels, description, proxyJump }) => ({
      host_id: hostId,
      hostname,
      port,
      ssh_user: sshUser,
      labels,
      description,
      ...(proxyJump === undefined ? {} : { proxy_jump: proxyJump }),
    }))
    writeJson(context, { hosts: shown })
    return
  }
  if (hosts.length === 0) terminal.write('There is no host yet. Add one: sshmcp hosts add USER@HOST\n')
  const { bold, dim } = terminal.colors
  const width = Math.max(0, ...hosts.map(({ hostId }) => hostId.length))
  for (const { hostId, hostname, port, sshUser, description, proxyJump, labels } of hosts) {
    const more = [
      ...(proxyJump === undefined ? [] : [`via ${proxyJump}`]),
      ...Object.entries(labels).map(([name, value]) => `${name}=${value}`),
      description,
    ]
    const about = more
      .filter((part) => part !== '')
      .map(printable)
      .join('  ')
    terminal.write(
      `${bold(hostId.padEnd(width))}  ${sshUser}@${hostname}:${port}${about === '' ? '' : `  ${dim(about)}`}\n`,
    )
  }
}
