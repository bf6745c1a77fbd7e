import { join } from 'node:path'

/** The editors whose configuration is known. */
export const editors = ['vscode', 'claude', 'cursor'] as const
export type Editor = (typeof editors)[number]

/** Where an editor keeps its MCP servers, and under which key. */
export interface EditorFile {
  readonly path: string
  readonly key: 'servers' | 'mcpServers'
  /** What a person does after the file has been written. */
  readonly next: string
}

interface Where {
  readonly homeDir: string
  readonly platform: NodeJS.Platform
}

/** The user's own file of each editor: one for all folders, so that no workspace carries it. */
export function editorFile(editor: Editor, where: Where): EditorFile {
  switch (editor) {
    case 'vscode':
      return {
        path: join(settingsFolder(where), 'Code/User/mcp.json'),
        key: 'servers',
        next: 'In VS Code: reload the window, switch the chat to Agent mode, and ask for the disk usage of a host.',
      }
    case 'claude':
      return {
        path: join(where.homeDir, '.claude.json'),
        key: 'mcpServers',
        next: 'In Claude Code: start it anew; /mcp shows the server.',
      }
    case 'cursor':
      return {
        path: join(where.homeDir, '.cursor/mcp.json'),
        key: 'mcpServers',
        next: 'In Cursor: open Settings, MCP, and see that sshmcp is on.',
      }
  }
}

function settingsFolder({ homeDir, platform }: Where): string {
  return platform === 'darwin' ? join(homeDir, 'Library/Application Support') : join(homeDir, '.config')
}
