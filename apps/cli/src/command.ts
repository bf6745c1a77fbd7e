import { type Adapters, type OpenedRuntime, openRuntime, type Surroundings } from '@sshmcp/runtime'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Terminal } from './terminal.ts'

/** Options that stand before or after any command. */
export interface GlobalOptions {
  readonly configDir?: string
  readonly json?: boolean
}

/** What a command gets to work with. */
export interface CommandContext {
  readonly terminal: Terminal
  readonly version: string
  /** Replaced in tests, so that the whole program runs on fakes. */
  readonly adapters: Partial<Adapters>
  /** The script that editors start: this program itself. */
  readonly script: string
  /** Remembers the exit code of the process. */
  exit(code: number): void
}

/** Adds a command to the program; one per file in `commands/`. */
export type AddCommand = (program: Command, context: CommandContext) => void

export function addGlobalOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--config-dir <path>', 'configuration folder (default: SSH_MCP_CONFIG_DIR or ~/.ssh-mcp)').argParser(
        folder,
      ),
    )
    .addOption(new Option('--json', 'one JSON document on stdout'))
    .addOption(new Option('--no-color', 'no colours').default(undefined))
}

/** Where the process stands, with the folder that `--config-dir` named. */
export function surroundingsOf({ terminal }: CommandContext, { configDir }: GlobalOptions): Surroundings {
  const { env, cwd, homeDir, login } = terminal
  return { env, cwd, homeDir, login, ...(configDir === undefined ? {} : { configDir }) }
}

/** Opens the runtime for one command; whoever opens it closes it. */
export function openFor(
  { terminal, version, adapters, ...context }: CommandContext,
  options: GlobalOptions,
): Promise<OpenedRuntime> {
  const log = (line: string): void => terminal.complain(`${line}\n`)
  return openRuntime(surroundingsOf({ terminal, version, adapters, ...context }, options), { version, adapters, log })
}

/** An example under a command's help. */
export function withExample(command: Command, ...lines: readonly string[]): Command {
  return command.addHelpText('after', `\nExample:\n${lines.map((line) => `  ${line}\n`).join('')}`)
}

/** An empty name is that of the folder one stands in: a variable that was not set must not put the configuration there. */
function folder(path: string): string {
  if (path === '') throw new InvalidArgumentError('It names no folder.')
  return path
}
