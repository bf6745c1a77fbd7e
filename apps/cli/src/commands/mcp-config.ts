import { existsSync, mkdirSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { printable } from '@sshmcp/kernel'
import { readText } from '@sshmcp/runtime'
import { Argument, type Command } from 'commander'
import { isOfTerminal } from '../agent-socket.ts'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { type Editor, type EditorFile, editorFile, editors } from '../editor-files.ts'
import {
  connectSnippet,
  type EditorSnippet,
  editorConfiguration,
  editorSnippet,
  mergedConfiguration,
} from '../editor-snippet.ts'
import { httpEndpoint } from '../http-endpoint.ts'

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
    .option('--url <url>', 'connect to this HTTP server, with the token of a file, instead of starting one')
    .option('--one-person', 'you approve privileged operations yourself')
    .action((editor: Editor, _options: McpConfigOptions, self: Command) =>
      mcpConfig(context, editor, self.optsWithGlobals<McpConfigOptions>()),
    )
  withExample(command, 'sshmcp mcp-config vscode', 'sshmcp mcp-config cursor --write')
}

function mcpConfig(context: CommandContext, editor: Editor, options: McpConfigOptions): void {
  const { terminal } = context
  const file = editorFile(editor, { homeDir: terminal.homeDir, platform: process.platform })
  const snippet = options.url === undefined ? local(context, options) : remote(context, options, options.url)
  if (options.write === true) write(file, snippet)
  if (options.json === true) {
    writeJson(context, { editor, file: file.path, written: options.write === true, [file.key]: { sshmcp: snippet } })
    return
  }
  if (options.write === true) terminal.write(`${terminal.colors.green('wrote')}  ${file.path}\n${file.next}\n`)
  else {
    terminal.write(`${editorConfiguration(file, snippet)}\n`)
    terminal.complain(`This belongs into ${file.path}; --write puts it there.\n`)
  }
  tellOfToken(context, snippet)
  tellOfAgent(context, options)
}

/** Until it is there, the editor shows a server that does not start. */
function tellOfToken({ terminal }: CommandContext, { env }: EditorSnippet): void {
  const file = env.SSH_MCP_AUTH_TOKEN_FILE
  if (file === undefined || existsSync(file)) return
  terminal.complain(`Put the token you were given into ${file}, readable by you alone (chmod 600).\n`)
}

/** An agent that `ssh-agent` started in a terminal ends with it, so its socket is not written into a file that stays. */
function tellOfAgent({ terminal }: CommandContext, { url }: McpConfigOptions): void {
  const socket = terminal.env.SSH_AUTH_SOCK ?? ''
  if (url !== undefined || !isOfTerminal(socket)) return
  terminal.complain(
    `The ssh-agent at ${printable(socket)} is of this terminal: an editor that starts elsewhere does not find it. Start the editor from here, or use the agent of your desktop.\n`,
  )
}

function local(context: CommandContext, options: McpConfigOptions): EditorSnippet {
  const { places, settings } = deskOf(context, options)
  const isOnePerson = options.onePerson === true || !settings.requiresTwoPartyApproval
  const { script } = context
  return editorSnippet({ script, configDir: places.configDir, isOnePerson, agentSocket: settings.agentSocket })
}

/** What the editor needs of this machine is a token, and no configuration. @throws INPUT_INVALID */
function remote(context: CommandContext, options: McpConfigOptions, address: string): EditorSnippet {
  const { places, settings, homeDir } = deskOf(context, options)
  const tokenFile = settings.authTokenFile ?? join(places.configDir, 'token')
  return connectSnippet({
    script: context.script,
    url: httpEndpoint(address, '--url'),
    tokenFile: resolve(context.terminal.cwd, tokenFile.replace(/^~(?=\/)/, homeDir)),
  })
}

/** As a whole or not at all, with the mode that the file has. @throws CONFIG_INVALID */
function write(file: EditorFile, snippet: EditorSnippet): void {
  const isThere = existsSync(file.path)
  const path = isThere ? realpathSync(file.path) : file.path
  const text = mergedConfiguration(file, isThere ? readText(path) : '', snippet)
  mkdirSync(dirname(path), { recursive: true })
  const fresh = `${path}.${process.pid}.new`
  writeFileSync(fresh, text, { mode: isThere ? statSync(path).mode & 0o777 : 0o600, flag: 'wx' })
  renameSync(fresh, path)
}
