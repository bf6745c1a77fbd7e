import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { paramsOf, repeated } from '../param-option.ts'
import { onTheRoad } from '../road.ts'

interface RunOptions extends GlobalOptions {
  readonly param?: readonly string[]
  readonly approval?: string
}

/** `run`: the same road as a tool call, from a terminal. */
export const addRun: AddCommand = (program, context) => {
  const command = program
    .command('run <host> <template>')
    .description('run a template on a host, with the same rules and journal as a tool call')
    .option('--param <name=value>', 'a value for a parameter; repeat it for more', repeated)
    .option('--approval <id>', 'request_id of an approval for exactly this command')
    .action(async (host: string, template: string, _options: RunOptions, self: Command) => {
      context.exit(await run(context, { host, template }, self.optsWithGlobals<RunOptions>()))
    })
  withExample(
    command,
    'sshmcp run production-web disk_usage',
    'sshmcp run staging-1 tail_log --param lines=200 --param log_path=/var/log/syslog',
  )
}

interface What {
  readonly host: string
  readonly template: string
}

function run(context: CommandContext, { host, template }: What, options: RunOptions): Promise<number> {
  const params = paramsOf(options.param)
  const args = { host_id: host, template_id: template, params, approval_request_id: options.approval ?? '' }
  return onTheRoad(context, options, (road) =>
    road.show('run_ssh_command', args, {
      write: (result) => write(context, result),
      code: (result) => (result.exit_code === 0 ? exitCode.done : exitCode.failed),
    }),
  )
}

function write({ terminal }: CommandContext, result: Readonly<Record<string, unknown>>): void {
  const { stdout, stderr, exit_code: code, signal, timed_out: timedOut, remote_process: remote } = result
  terminal.write(String(stdout))
  terminal.complain(String(stderr))
  if (timedOut === true) terminal.complain(`timed out; the process on the host is ${String(remote)}\n`)
  else if (remote !== undefined) terminal.complain(`cancelled; the process on the host is ${String(remote)}\n`)
  else if (code === null) terminal.complain(`ended with signal ${String(signal)}\n`)
  else if (code !== 0) terminal.complain(`ended with exit code ${String(code)}\n`)
}
