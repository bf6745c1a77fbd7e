import { printable } from '@sshmcp/kernel'
import { hostNamed, readHosts, renderFromFile } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { paramsOf, repeated } from '../param-option.ts'

interface RenderOptions extends GlobalOptions {
  readonly param?: readonly string[]
  readonly host?: string
}

/** `templates render`: the exact words and line that would be sent. Nothing is run. */
export const addTemplatesRender: AddCommand = (templates, context) => {
  const command = templates
    .command('render <template>')
    .description('show the exact words and line of a template with values; runs nothing')
    .option('--param <name=value>', 'a value for a parameter; repeat it for more', repeated)
    .option('--host <host>', 'as for this host (sudo is left out where the login is root)')
    .action((template: string, _options: RenderOptions, self: Command) =>
      render(context, template, self.optsWithGlobals<RenderOptions>()),
    )
  withExample(command, 'sshmcp templates render tail_log --param lines=200 --param log_path=/var/log/syslog')
}

function render(context: CommandContext, templateId: string, options: RenderOptions): void {
  const desk = deskOf(context, options)
  const sshUser = options.host === undefined ? desk.login : hostNamed(readHosts(desk), options.host).sshUser
  const { plan, argv } = renderFromFile(desk, templateId, { params: paramsOf(options.param), sshUser })
  const { line, stdin, timeoutSeconds, risk } = plan
  if (options.json === true) {
    const document = { template_id: templateId, argv: argv ?? null, line, stdin, risk_level: risk }
    writeJson(context, { ...document, timeout_seconds: timeoutSeconds })
    return
  }
  const { terminal } = context
  const { dim } = terminal.colors
  const words = argv?.map((word) => JSON.stringify(word)).join(' ') ?? 'a shell text: the host’s shell makes the words'
  terminal.write(`${dim('argv ')}  ${printable(words)}\n${dim('line ')}  ${printable(line)}\n`)
  if (stdin !== '') terminal.write(`${dim('stdin')}  ${printable(JSON.stringify(stdin))}\n`)
}
