import { join } from 'node:path'
import type * as vscode from 'vscode'
import type { Editor, Place, Registration } from './editor.ts'
import { section, settingsOf } from './settings.ts'
import type { Tokens } from './tokens.ts'

/** What the provider is made of. */
export interface ServerParts {
  readonly editor: Editor
  readonly place: Place
  readonly tokens: Tokens
  readonly version: string
  /** @throws NodeMissing */
  readonly node: () => Promise<string>
}

/**
 * Offers the server of this extension to the editor. Nothing is looked up and no token is read until the editor starts it;
 * a change of a setting or a token tells the editor that the server is another one.
 */
export function registerServer({ editor, place, tokens, version, node }: ServerParts): readonly Registration[] {
  const changed = new editor.EventEmitter()
  const provider: vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition> = {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: () => {
      const script = join(place.extensionPath, 'server/index.js')
      const env = { ...settingsOf(editor.workspace).variables }
      return [new editor.McpStdioServerDefinition('sshmcp', 'node', [script], env, version)]
    },
    resolveMcpServerDefinition: async (definition) => {
      definition.command = await node()
      const token = await tokens.get('server')
      if (token !== undefined) definition.env = { ...definition.env, SSH_MCP_AUTH_TOKEN: token }
      return definition
    },
  }
  return [
    changed,
    editor.lm.registerMcpServerDefinitionProvider('sshmcp', provider),
    editor.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(section)) changed.fire()
    }),
    tokens.onChange(() => changed.fire()),
  ]
}
