import { kernelErrors } from '@sshmcp/kernel'
import { openRuntime } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, surroundingsOf, withExample } from '../command.ts'
import { complainAbout } from '../complain.ts'
import { exitCode, exitCodeOf } from '../exit-code.ts'

interface RunOptions extends GlobalOptions {
  readonly param: readonly string[]
  readonly approval: string
}

type Reply = Awaited<ReturnType<Awaited<ReturnType<typeof openRuntime>>['pipeline']['call']>>

/** `run`: the same road as a tool call, from a terminal. */
export const addRun: AddCommand = (program, context) => {
  const command = program
    .command('run <host> <template>')
    .description('run a template on a host, on the same road as a tool call')
    .option(
      '--param <k=v>',
      'a value for a parameter; repeat it for more',
      (text, all: readonly string[]) => [...all, text],
      [],
    )
    .option('--approval <id>', 'request id of an approval for exactly this command', '')
    .action(async (host: string, template: string, _options: RunOptions, self: Command) => {
      context.exit(await run(context, { host, template }, self.optsWithGlobals<RunOptions>()))
    })
  withExample(
    command,
    'sshmcp run production-web disk_usage',
    'sshmcp run staging-1 tail_log --param lines=200 --param log_path=/var/log/syslog',
  )
}

async function run(
  context: CommandContext,
  what: { readonly host: string; readonly template: string },
  options: RunOptions,
): Promise<number> {
  const params = Object.fromEntries(options.param.map(keyAndValue))
  const { terminal, version } = context
  const cancel = new AbortController()
  const stop = (): void => cancel.abort()
  process.once('SIGINT', stop)
  const log = (line: string): void => terminal.complain(`${line}\n`)
  const runtime = await openRuntime(surroundingsOf(context, options), { version, log })
  try {
    const reply = await runtime.pipeline.call({
      tool: 'run_ssh_command',
      args: { host_id: what.host, template_id: what.template, params, approval_request_id: options.approval },
      credential: runtime.credential,
      client: { name: 'sshmcp', version },
      via: 'terminal',
      signal: cancel.signal,
    })
    return options.json === true ? asJson(context, reply) : asText(context, reply)
  } finally {
    process.off('SIGINT', stop)
    await runtime.close()
  }
}

function keyAndValue(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  throw kernelErrors.error('INPUT_INVALID', {
    message: `--param ${JSON.stringify(text)} is not of the form name=value.`,
    field: '--param',
  })
}

function asJson({ terminal }: CommandContext, reply: Reply): number {
  const document = reply.isError ? { error: reply.error } : reply.result
  terminal.write(`${JSON.stringify(document, null, 2)}\n`)
  return codeOf(reply)
}

function asText({ terminal }: CommandContext, reply: Reply): number {
  if (reply.isError) {
    complainAbout(terminal, reply.error)
    return codeOf(reply)
  }
  const { stdout, stderr, exit_code: code, signal, timed_out: timedOut, remote_process: remote } = reply.result
  terminal.write(String(stdout))
  terminal.complain(String(stderr))
  if (timedOut === true) terminal.complain(`timed out; the process on the host is ${String(remote)}\n`)
  else if (code !== 0)
    terminal.complain(`ended with ${code === null ? `signal ${String(signal)}` : `exit code ${String(code)}`}\n`)
  return codeOf(reply)
}

function codeOf(reply: Reply): number {
  if (reply.isError) return exitCodeOf(reply.error.code)
  return reply.result.exit_code === 0 ? exitCode.done : exitCode.failed
}
