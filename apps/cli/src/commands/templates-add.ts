import { kernelErrors, nearest } from '@sshmcp/kernel'
import { addTemplatePack, journalChange } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { packs } from '../packs.ts'

/** `templates add`: copies a pack into templates.json. Never overwrites an entry. */
export const addTemplatesAdd: AddCommand = (templates, context) => {
  const command = templates
    .command('add <pack>')
    .description(`copy a pack into templates.json: ${[...packs.keys()].join(', ')}`)
    .action(async (pack: string, _options: GlobalOptions, self: Command) => {
      await add(context, pack, self.optsWithGlobals<GlobalOptions>())
    })
  withExample(command, 'sshmcp templates add nginx')
}

async function add(context: CommandContext, pack: string, options: GlobalOptions): Promise<void> {
  const desk = deskOf(context, options)
  const text = { text: JSON.stringify(packNamed(pack)), source: `the pack ${pack}` }
  const ids = await journalChange(desk, { command: 'templates add', detail: { pack } }, () =>
    addTemplatePack(desk, text),
  )
  if (options.json === true) {
    writeJson(context, { pack, added: ids })
    return
  }
  const { terminal } = context
  for (const id of ids) terminal.write(`${terminal.colors.green('added')}  ${id}\n`)
  terminal.write('Servers that run already learn of them at their next start. Look at one: ')
  terminal.write(`sshmcp templates show ${ids[0] ?? ''}\n`)
}

function packNamed(name: string): readonly object[] {
  const pack = packs.get(name)
  if (pack !== undefined) return pack
  const names = [...packs.keys()]
  const candidates = nearest(name, names)
  throw kernelErrors.error('INPUT_INVALID', {
    message: `There is no pack ${JSON.stringify(name)}.`,
    next: candidates.length === 0 ? `Packs are ${names.join(', ')}.` : `Did you mean ${candidates.join(' or ')}?`,
    field: 'pack',
    candidates,
  })
}
