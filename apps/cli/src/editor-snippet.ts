/** How an editor starts the server: absolute paths, since editors started from a dock have no PATH. */
export interface EditorSnippet {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

export interface SnippetChoices {
  readonly script: string
  readonly configDir: string
  readonly isOnePerson: boolean
}

export function editorSnippet({ script, configDir, isOnePerson }: SnippetChoices): EditorSnippet {
  return {
    command: process.execPath,
    args: [script],
    env: { SSH_MCP_CONFIG_DIR: configDir, ...(isOnePerson ? { SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false' } : {}) },
  }
}

/** The text of `.vscode/mcp.json` (or the user's `mcp.json`) in VS Code. */
export function vscodeConfiguration(snippet: EditorSnippet): string {
  return JSON.stringify({ servers: { sshmcp: { type: 'stdio', ...snippet } } }, null, 2)
}
