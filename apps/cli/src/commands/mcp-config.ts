import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { kernelErrors } from '@sshmcp/kernel'
import { Argument, type Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { type Editor, type EditorFile, editorFile, editors } from '../editor-files.ts'
import {
  type EditorSnippet,
  editorConfiguration,
  editorSnippet,
  mergedConfiguration,
  type RemoteSnippet,
} from '../editor-snippet.ts'

interface McpConfigOptions extends GlobalOptions {
  readonly write?: boolean
  readonly url?: string
  readonly onePerson?: boolean
}

/** `mcp-config`: what an editor has to know to start the server, on stdout or in the editor's own file. */
export const addMcpConfig: AddCommand = (program, context) => {
  const command = program
    .command('mcp-config')
    .description('print what an editor needs to start the server, or write it into the editor’s file')
    .addArgument(new Argument('<editor>', 'which one').choices([...editors]))
    .option('--write', 'merge it into the editor’s own file; comments and the rest stay')
    .option('--url <url>', 'an HTTP server instead of one on this machine')
    .option('--one-person', 'you approve privileged operations yourself')
    .action((editor: Editor, _options: McpConfigOptions, self: Command) =>
      mcpConfig(context, editor, self.optsWithGlobals<McpConfigOptions>()),
    )
  withExample(command, 'sshmcp mcp-config vscode', 'sshmcp mcp-config cursor --write')
}

function mcpConfig(context: CommandContext, editor: Editor, options: McpConfigOptions): void {
  const { terminal } = context
  const file = editorFile(editor, { homeDir: terminal.homeDir, platform: process.platform })
  const snippet = options.url === undefined ? local(context, options) : remote(options.url)
  if (options.write === true) write(file, snippet)
  if (options.json === true) {
    writeJson(context, { editor, file: file.path, written: options.write === true, [file.key]: { sshmcp: snippet } })
    return
  }
  if (options.write !== true) {
    terminal.write(`${editorConfiguration(file, snippet)}\n`)
    terminal.complain(`This belongs into ${file.path}; --write puts it there.\n`)
    return
  }
  terminal.write(`${terminal.colors.green('wrote')}  ${file.path}\n${file.next}\n`)
}

function local(context: CommandContext, options: McpConfigOptions): EditorSnippet {
  const { places, settings } = deskOf(context, options)
  const isOnePerson = options.onePerson === true || !settings.requiresTwoPartyApproval
  const { script } = context
  return editorSnippet({ script, configDir: places.configDir, isOnePerson, agentSocket: settings.agentSocket })
}

/** @throws INPUT_INVALID */
function remote(text: string): RemoteSnippet {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol)) return { type: 'http', url: url.href }
  throw kernelErrors.error('INPUT_INVALID', {
    message: `--url ${JSON.stringify(text)} is no http address.`,
    next: 'Write it whole, such as https://ssh.example.org/mcp.',
    field: '--url',
  })
}

/** As a whole or not at all, with the mode that the file has. @throws CONFIG_INVALID */
function write(file: EditorFile, snippet: EditorSnippet | RemoteSnippet): void {
  const isThere = existsSync(file.path)
  const path = isThere ? realpathSync(file.path) : file.path
  const text = mergedConfiguration(file, isThere ? readFileSync(path, 'utf8') : '', snippet)
  mkdirSync(dirname(path), { recursive: true })
  const fresh = `${path}.${process.pid}.new`
  writeFileSync(fresh, text, { mode: isThere ? statSync(path).mode & 0o777 : 0o600, flag: 'wx' })
  renameSync(fresh, path)
}
