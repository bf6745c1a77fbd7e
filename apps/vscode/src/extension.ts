import { join } from 'node:path'
import manifest from '../package.json' with { type: 'json' }
import { listPending } from './approvals.ts'
import { createCommandLine, type RunProgram } from './command-line.ts'
import type { Editor, Place, Registration } from './editor.ts'
import { findNode, type versionOf } from './find-node.ts'
import { createReview } from './review.ts'
import { registerServer } from './server-provider.ts'
import { settingsOf } from './settings.ts'
import { createStatus } from './status.ts'
import { createTokens, type Tokens } from './tokens.ts'

/** What the extension reaches outside the editor; replaced in tests. */
export interface Outside {
  readonly run: RunProgram
  readonly versionOf: typeof versionOf
  readonly env: NodeJS.ProcessEnv
}

/** Registers everything; what it registers ends with the extension. */
export async function start(editor: Editor, place: Place, outside: Outside): Promise<void> {
  const tokens = createTokens(editor, place)
  const channel = editor.window.createOutputChannel('sshmcp')
  const node = () => findNodeFor(editor, outside)
  const commandLine = createCommandLine(async () => {
    const { variables } = settingsOf(editor.workspace)
    const script = join(place.extensionPath, 'server/sshmcp.js')
    return { node: await node(), script, env: { ...variables, ...(await tokenOfPerson(tokens)) } }
  }, outside.run)
  const log = (line: string): void => channel.appendLine(line)
  const status = createStatus({ editor, log, list: () => listPending(commandLine) })
  const review = createReview({ editor, commandLine, tokens, done: status.refresh })
  const command = (id: string, run: () => Promise<void>): Registration =>
    editor.commands.registerCommand(id, () => reported(editor, run))
  place.subscriptions.push(
    channel,
    status,
    ...registerServer({ editor, place, tokens, version: manifest.version, node }),
    ...review.registrations,
    ...watchRequests(editor, outside.env, () => void status.refresh()),
    command('sshMcp.reviewApproval', () => review.approve().finally(status.refresh)),
    command('sshMcp.denyApproval', () => review.deny().finally(status.refresh)),
    command('sshMcp.setToken', () => tokens.ask('server')),
    command('sshMcp.clearToken', () => tokens.forget('server')),
    command('sshMcp.setApproverToken', () => tokens.ask('approver')),
    command('sshMcp.clearApproverToken', () => tokens.forget('approver')),
  )
  await status.refresh()
}

function findNodeFor(editor: Editor, { versionOf, env }: Outside): Promise<string> {
  return findNode({ nodePath: settingsOf(editor.workspace).nodePath, searchPath: env.PATH ?? '', versionOf })
}

/** Whoever sits here decides as the approver where one is set, else as whoever the server acts for. */
async function tokenOfPerson(tokens: Tokens): Promise<Readonly<Record<string, string>>> {
  const token = (await tokens.get('approver')) ?? (await tokens.get('server'))
  return token === undefined ? {} : { SSH_MCP_AUTH_TOKEN: token }
}

/** A request is a folder of its own, and a decision a file in it: looking is for when something changed there. */
function watchRequests(editor: Editor, env: NodeJS.ProcessEnv, look: () => void): readonly Registration[] {
  const folder = env.SSH_MCP_APPROVAL_DATA_DIR ?? join(settingsOf(editor.workspace).configDir, 'approval_data')
  const watcher = editor.workspace.createFileSystemWatcher(new editor.RelativePattern(editor.Uri.file(folder), '*/*'))
  return [watcher, watcher.onDidCreate(look), watcher.onDidChange(look), watcher.onDidDelete(look)]
}

async function reported({ window }: Editor, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    await window.showErrorMessage(error instanceof Error ? error.message : String(error))
  }
}
