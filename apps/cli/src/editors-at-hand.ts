import { existsSync } from 'node:fs'
import { readText } from '@sshmcp/runtime'
import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser'
import { type Editor, editorFile, editors } from './editor-files.ts'

/** What the editors' own files say of our server: it stands there, not in a terminal. */
export interface EditorsAtHand {
  /** Those that start it in one-person mode. */
  readonly onePerson: readonly Editor[]
  /** Those that start it on that configuration folder without a token. */
  withoutToken(configDir: string): readonly Editor[]
}

/** Reads the files that `mcp-config --write` writes. */
export function editorsAtHand(homeDir: string): EditorsAtHand {
  const started = editors.map((editor) => ({ editor, env: environmentIn(editor, homeDir) }))
  const those = (isWanted: (env: Environment) => boolean): readonly Editor[] =>
    started.filter(({ env }) => env !== undefined && isWanted(env)).map(({ editor }) => editor)
  return {
    onePerson: those(({ SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: said }) => said === 'false' || said === '0'),
    withoutToken: (configDir) =>
      those(
        (env) =>
          env.SSH_MCP_CONFIG_DIR === configDir &&
          env.SSH_MCP_AUTH_TOKEN_FILE === undefined &&
          env.SSH_MCP_AUTH_TOKEN === undefined,
      ),
  }
}

type Environment = Readonly<Record<string, unknown>>

/** The variables that an editor starts our server with; undefined when it starts none. */
function environmentIn(editor: Editor, homeDir: string): Environment | undefined {
  const { path, key } = editorFile(editor, { homeDir, platform: process.platform })
  const tree = existsSync(path) ? parseTree(readText(path)) : undefined
  const found = tree === undefined ? undefined : findNodeAtLocation(tree, [key, 'sshmcp', 'env'])
  const value: unknown = found === undefined ? undefined : getNodeValue(found)
  return typeof value === 'object' && value !== null ? { ...value } : undefined
}
