import { realpathSync } from 'node:fs'
import { isSshMcpError } from '@sshmcp/kernel'
import type { Adapters } from '@sshmcp/runtime'
import { Command, CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { addGlobalOptions, type CommandContext } from './command.ts'
import { addApprovals } from './commands/approvals.ts'
import { addAudit } from './commands/audit.ts'
import { addCa } from './commands/ca.ts'
import { addCompletion } from './commands/completion.ts'
import { addConnect } from './commands/connect.ts'
import { addDemo } from './commands/demo.ts'
import { addDoctor } from './commands/doctor.ts'
import { addHosts } from './commands/hosts.ts'
import { addIdentities } from './commands/identities.ts'
import { addInit } from './commands/init.ts'
import { addKeys } from './commands/keys.ts'
import { addMcpConfig } from './commands/mcp-config.ts'
import { addRedact } from './commands/redact.ts'
import { addRun } from './commands/run.ts'
import { addStart } from './commands/start.ts'
import { addTemplates } from './commands/templates.ts'
import { complainAbout } from './complain.ts'
import { exitCode, exitCodeOf } from './exit-code.ts'
import { systemComplaint } from './system-complaint.ts'
import type { Terminal } from './terminal.ts'

const commands = [
  addStart,
  addInit,
  addDoctor,
  addMcpConfig,
  addConnect,
  addDemo,
  addRun,
  addHosts,
  addTemplates,
  addApprovals,
  addIdentities,
  addCa,
  addKeys,
  addAudit,
  addRedact,
  addCompletion,
]

/** Runs the command line and resolves with the exit code of the process. */
export async function runProgram(
  args: readonly string[],
  terminal: Terminal,
  adapters: Partial<Adapters> = {},
): Promise<number> {
  let code: number = exitCode.done
  const context: CommandContext = {
    terminal,
    adapters,
    version: manifest.version,
    script: realpathSync(process.argv[1] ?? '.'),
    exit: (wanted) => {
      code = wanted
    },
  }
  const program = build(context)
  try {
    await program.parseAsync([...args], { from: 'user' })
  } catch (error) {
    return report(error, terminal)
  }
  return code
}

function build(context: CommandContext): Command {
  const { terminal } = context
  const program = addGlobalOptions(new Command('sshmcp'))
    .description(
      'Lets AI assistants manage Linux servers over SSH: approved templates, approvals, redaction, a journal.',
    )
    .version(context.version, '--version', 'print the version')
    .helpOption('--help', 'show help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .showHelpAfterError('See sshmcp --help.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.write(text), writeErr: (text) => terminal.complain(text) })
  for (const add of commands) add(program, context)
  program.addHelpText('after', firstSteps)
  for (const command of descendants(program)) {
    addGlobalOptions(command)
      .helpOption('--help', 'show help')
      .helpCommand(false)
      .exitOverride()
      .copyInheritedSettings(program)
      // A word too many was meant: `audit verify signed` or `run web-1 tail_log lines=5` must not pass for less than was said.
      .allowExcessArguments(false)
    command.showHelpAfterError(`See ${pathOf(command)} --help.`)
    describeArguments(command)
    const [child] = command.commands
    if (child !== undefined) command.addHelpText('after', `\nEach has an example: ${pathOf(child)} --help\n`)
  }
  return program
}

const firstSteps = `
Without a command it is the server for an editor, on stdin and stdout.

First steps:
  sshmcp demo
  sshmcp init --one-person
  sshmcp hosts add deploy@192.168.1.10 --id web-1
  sshmcp doctor
  sshmcp mcp-config vscode --one-person --write

Each command has an example: sshmcp run --help
`

/** What an argument is wherever it stands, unless its command says more. */
const argumentWords: Readonly<Record<string, string>> = {
  host: 'a host_id; sshmcp hosts list shows them',
  template: 'a template_id; sshmcp templates list shows them',
  id: 'a request_id; sshmcp approvals list shows those that wait',
  user: 'a user_id, such as alice',
  target: 'where ssh would go, such as deploy@192.168.1.10',
}

function describeArguments(command: Command): void {
  for (const argument of command.registeredArguments)
    if (argument.description === '') argument.description = argumentWords[argument.name()] ?? ''
}

function descendants(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)])
}

/** A command as it is typed. */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`
}

function report(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    // Help and version end the program by an error of their own, with exit code 0.
    return error.exitCode === 0 ? exitCode.done : exitCode.misused
  }
  const complaint = isSshMcpError(error) ? error : systemComplaint(error)
  if (complaint === undefined) throw error
  complainAbout(terminal, complaint)
  return exitCodeOf(complaint.code)
}
