import { existsSync, readFileSync } from 'node:fs'
import { findNodeAtLocation, parseTree } from 'jsonc-parser'
import { type Editor, editorFile, editors } from './editor-files.ts'

/** The editors whose own files start our server in one-person mode: the variable stands there, not in a terminal. */
export function onePersonEditors(homeDir: string): readonly Editor[] {
  return editors.filter((editor) => {
    const { path, key } = editorFile(editor, { homeDir, platform: process.platform })
    const tree = existsSync(path) ? parseTree(readFileSync(path, 'utf8')) : undefined
    if (tree === undefined) return false
    const said = findNodeAtLocation(tree, [key, 'sshmcp', 'env', 'SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL'])
    return said?.value === 'false' || said?.value === '0'
  })
}
