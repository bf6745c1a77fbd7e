import { kernelErrors } from '@sshmcp/kernel'
import { addHostEntries, type HostEntry, hostFrom, journalChange } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { exitCode } from '../exit-code.ts'
import { showTrial, trial } from '../host-trial.ts'
import { trustedText, trustHost } from '../host-trust.ts'
import { interruptible } from '../interruptible.ts'

interface HostAddOptions extends GlobalOptions {
  readonly id?: string
  readonly identityFile?: string
  readonly jump?: string
  readonly fingerprint?: string
}

/** `hosts add`: trust its key, write it down, log in. */
export const addHostsAdd: AddCommand = (hosts, context) => {
  const command = hosts
    .command('add <target>')
    .description('add [USER@]HOST[:PORT]: show its key and ask, write it into hosts.json, log in once')
    .option('--id <id>', 'its host_id (default: the host name)')
    .option('--identity-file <path>', 'private key to log in with (default: the agent, then the usual keys)')
    .option('--jump <host>', 'host_id of the host to go through')
    .option('--fingerprint <fingerprint>', 'trust this key (SHA256:…) without a question, if the host presents it')
    .action(async (target: string, _options: HostAddOptions, self: Command) => {
      context.exit(await add(context, target, self.optsWithGlobals<HostAddOptions>()))
    })
  withExample(command, 'sshmcp hosts add deploy@192.168.1.10 --id web-1', 'sshmcp hosts add admin@[2001:db8::7]:2222')
}

function add(context: CommandContext, target: string, options: HostAddOptions): Promise<number> {
  const { terminal } = context
  const desk = deskOf(context, options)
  const entry = entryOf(target, options)
  const host = hostFrom(entry, desk)
  return interruptible(terminal, async (signal) => {
    const trusted = await trustHost(terminal, { desk, host, fingerprint: options.fingerprint, signal })
    const detail = { host_id: entry.host_id, hostname: entry.hostname, ssh_user: host.sshUser, port: host.port }
    await journalChange(desk, { command: 'hosts add', detail }, () => addHostEntries(desk, [entry]))
    const login = await trial(context, desk, host, signal)
    if (options.json === true) writeJson(context, { host: entry, trusted, login })
    else {
      terminal.write(trustedText(trusted))
      terminal.write(`${entry.host_id} is in ${desk.places.hostsFile}\n`)
      showTrial(context, login)
      if (!login.ok) terminal.complain(`When that is mended: sshmcp hosts test ${entry.host_id}\n`)
    }
    return login.ok ? exitCode.done : exitCode.failed
  })
}

/** `[USER@]HOST[:PORT]`; an IPv6 address with a port stands in brackets, and more than one colon without them is an address alone. @throws INPUT_INVALID */
export function entryOf(target: string, { id, identityFile, jump }: HostAddOptions): HostEntry {
  const [, user, bracketed, plain, port] =
    /^(?:([^@\s]+)@)?(?:\[([0-9A-Fa-f:.%a-z]+)\]|([^[\]\s@:]+|(?=(?:[^:]*:){2})[0-9A-Fa-f:.%a-z]+))(?::(\d{1,5}))?$/.exec(
      target,
    ) ?? []
  const hostname = bracketed ?? plain
  if (hostname === undefined) {
    throw kernelErrors.error('INPUT_INVALID', {
      message: `${JSON.stringify(target)} is not of the form USER@HOST or USER@HOST:PORT.`,
      next: 'For example: sshmcp hosts add deploy@192.168.1.10:22 --id web-1',
      field: 'target',
    })
  }
  return {
    host_id: id ?? hostname.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^-+/, ''),
    hostname,
    ...(port === undefined || port === '22' ? {} : { port: Number(port) }),
    ...(user === undefined ? {} : { ssh_user: user }),
    ...(identityFile === undefined ? {} : { identity_file: identityFile }),
    ...(jump === undefined ? {} : { proxy_jump: jump }),
  }
}
