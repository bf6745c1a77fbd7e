import { isSshMcpError } from '@sshmcp/kernel'
import { readHosts, readTemplates } from '@sshmcp/runtime'
import { Argument, type Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { packs } from '../packs.ts'

/** Asks the program itself, so that hosts and templates that were added a minute ago are offered. */
const script = `_sshmcp() {
  local IFS=$'\\n'
  COMPREPLY=($(sshmcp completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _sshmcp sshmcp
`

/** `completion bash`: what bash needs to complete commands, options, hosts and templates. */
export const addCompletion: AddCommand = (program, context) => {
  const completion = program.command('completion').description('let a shell complete commands, hosts and templates')
  const bash = completion
    .command('bash')
    .description('print the bash completion')
    .action((_options: GlobalOptions, self: Command) => {
      if (self.optsWithGlobals<GlobalOptions>().json === true) writeJson(context, { shell: 'bash', script })
      else context.terminal.write(script)
    })
  withExample(bash, 'sshmcp completion bash > ~/.local/share/bash-completion/completions/sshmcp')
  const words = completion
    .command('words', { hidden: true })
    .description('what may stand at the end of a line; asked by the shell')
    .addArgument(new Argument('[words...]', 'the line so far, without the program'))
    .action((line: readonly string[], _options: GlobalOptions, self: Command) => {
      const options = self.optsWithGlobals<GlobalOptions>()
      const found = candidates(program, line, (kind) => named(context, options, kind))
      if (options.json === true) writeJson(context, { words: found })
      else for (const word of found) context.terminal.write(`${word}\n`)
    })
  withExample(words, "sshmcp completion words -- run ''")
}

/** Everything that may stand where the last word of the line stands, and begins as it does. */
function candidates(program: Command, line: readonly string[], named: (kind: string) => readonly string[]) {
  const last = line.at(-1) ?? ''
  let command = program
  let position = 0
  for (const word of line.slice(0, -1)) {
    const child = command.commands.find((candidate) => candidate.name() === word)
    if (child !== undefined) command = child
    else if (!word.startsWith('-')) position += 1
  }
  return possible(command, last, position, named).filter((word) => word.startsWith(last))
}

function possible(
  command: Command,
  last: string,
  position: number,
  named: (kind: string) => readonly string[],
): readonly string[] {
  const help = command.createHelp()
  if (last.startsWith('-')) return help.visibleOptions(command).map(({ long }) => long ?? '')
  const children = help.visibleCommands(command).map((child) => child.name())
  if (children.length > 0) return children
  const argument = command.registeredArguments[position]
  return argument?.argChoices ?? named(argument?.name() ?? '')
}

/** Hosts, templates and packs by name; none where the configuration cannot be read, since nobody reads a message here. */
function named(context: CommandContext, options: GlobalOptions, kind: string): readonly string[] {
  try {
    if (kind === 'host') return readHosts(deskOf(context, options)).map(({ hostId }) => hostId)
    if (kind === 'template') return readTemplates(deskOf(context, options)).map(({ templateId }) => templateId)
  } catch (error) {
    if (!isSshMcpError(error)) throw error
  }
  return kind === 'pack' ? [...packs.keys()] : []
}
