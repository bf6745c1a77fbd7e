import { type Desk, parseEnvironment, placesOf } from '@sshmcp/runtime'
import { type CommandContext, type GlobalOptions, surroundingsOf } from './command.ts'
import { jsonText } from './json-text.ts'

/** Where a command stands that edits files and needs no identity. @throws CONFIG_INVALID for a bad environment variable */
export function deskOf(context: CommandContext, options: GlobalOptions): Desk {
  const { env, configDir, homeDir, cwd, login } = surroundingsOf(context, options)
  const settings = parseEnvironment(env)
  const places = placesOf(settings, configDir, homeDir, cwd)
  return { places, settings, homeDir, login, version: context.version }
}

/** One JSON document, as `--json` promises. */
export function writeJson({ terminal }: CommandContext, document: unknown): void {
  terminal.write(`${jsonText(document, 2)}\n`)
}
