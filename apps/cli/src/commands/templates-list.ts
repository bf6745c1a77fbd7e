import { printable } from '@sshmcp/kernel'
import { readTemplates } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { paintedRisk, templateDocument } from '../template-lines.ts'

/** `templates list`: what templates.json allows to run. */
export const addTemplatesList: AddCommand = (templates, context) => {
  const command = templates
    .command('list')
    .description('list the templates of templates.json')
    .action((_options: GlobalOptions, self: Command) => list(context, self.optsWithGlobals<GlobalOptions>()))
  withExample(command, 'sshmcp templates list')
}

function list(context: CommandContext, options: GlobalOptions): void {
  const { terminal } = context
  const found = readTemplates(deskOf(context, options))
  if (options.json === true) {
    writeJson(context, { templates: found.map(templateDocument) })
    return
  }
  if (found.length === 0) terminal.write('There is no template yet. Add a pack: sshmcp templates add system\n')
  const { bold, dim } = terminal.colors
  const width = Math.max(0, ...found.map(({ templateId }) => templateId.length))
  for (const { templateId, riskLevel, description } of found) {
    const risk = paintedRisk(riskLevel, terminal.colors)
    terminal.write(`${bold(templateId.padEnd(width))}  ${risk}  ${dim(printable(description))}\n`)
  }
}
