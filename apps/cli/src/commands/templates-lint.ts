import { resolve } from 'node:path'
import { printable } from '@sshmcp/kernel'
import { type Finding, lintTemplatesFile } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { exitCode } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'

/** `templates lint`: what a reviewer would say, each with a value that shows it. Exit code 3 when there is anything. */
export const addTemplatesLint: AddCommand = (templates, context) => {
  const command = templates
    .command('lint [file]')
    .description('check templates as a reviewer would; exit code 3 when something is found')
    .action((file: string | undefined, _options: GlobalOptions, self: Command) =>
      context.exit(lint(context, file, self.optsWithGlobals<GlobalOptions>())),
    )
  withExample(command, 'sshmcp templates lint', 'sshmcp templates lint config/templates.json --json')
}

function lint(context: CommandContext, named: string | undefined, options: GlobalOptions): number {
  const { terminal } = context
  const path = named === undefined ? deskOf(context, options).places.templatesFile : resolve(terminal.cwd, named)
  const { file, findings } = lintTemplatesFile(path)
  if (options.json === true) writeJson(context, { file, findings: findings.map(document) })
  else {
    for (const finding of findings) terminal.write(findingText(finding, terminal.colors))
    const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`
    terminal.write(findings.length === 0 ? `Nothing to say against ${file}.\n` : `${count} in ${file}.\n`)
  }
  return findings.length === 0 ? exitCode.done : exitCode.refused
}

function document({ templateId, counterExample, ...rest }: Finding) {
  return {
    ...rest,
    ...(templateId === undefined ? {} : { template_id: templateId }),
    ...(counterExample === undefined ? {} : { counter_example: counterExample }),
  }
}

function findingText(finding: Finding, { red, yellow, dim, bold }: Terminal['colors']): string {
  const { severity, rule, index, templateId, message, cure, counterExample } = finding
  const paint = { error: red, warning: yellow, note: dim }[severity]
  const where = templateId ?? (index === undefined ? 'file' : `entry ${index + 1}`)
  return [
    `${paint(severity.padEnd(7))} ${bold(printable(where))}  ${dim(rule)}`,
    `  ${printable(message)}`,
    ...(counterExample === undefined
      ? []
      : [`  ${dim('value')}  ${printable(JSON.stringify(counterExample.value))}: ${printable(counterExample.effect)}`]),
    `  ${dim('cure ')}  ${printable(cure)}`,
    '',
  ].join('\n')
}
