import { templateNamed } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { templateDocument, templateText } from '../template-lines.ts'

/** `templates show`: one template in full. */
export const addTemplatesShow: AddCommand = (templates, context) => {
  const command = templates
    .command('show <template>')
    .description('show one template: command, parameters, risk, roles')
    .action((template: string, _options: GlobalOptions, self: Command) => {
      const options = self.optsWithGlobals<GlobalOptions>()
      const view = templateNamed(deskOf(context, options), template)
      if (options.json === true) writeJson(context, templateDocument(view))
      else context.terminal.write(templateText(view, context.terminal.colors))
    })
  withExample(command, 'sshmcp templates show restart_service')
}
