import { kernelErrors } from '@sshmcp/kernel'
import { applyEdits, modify, type ParseError, parse, printParseErrorCode } from 'jsonc-parser'
import { isLasting } from './agent-socket.ts'
import type { EditorFile } from './editor-files.ts'

/** How an editor starts the server: absolute paths, since editors started from a dock have no PATH. */
export interface EditorSnippet {
  readonly type: 'stdio'
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

export interface SnippetChoices {
  readonly script: string
  readonly configDir: string
  readonly isOnePerson: boolean
  /** The agent of the person who sets it up: an editor started from a dock may not have been told of it. */
  readonly agentSocket?: string | undefined
}

export function editorSnippet({ script, configDir, isOnePerson, agentSocket }: SnippetChoices): EditorSnippet {
  return {
    type: 'stdio',
    command: process.execPath,
    args: [script],
    env: {
      SSH_MCP_CONFIG_DIR: configDir,
      ...(isOnePerson ? { SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false' } : {}),
      ...(isLasting(agentSocket) ? { SSH_AUTH_SOCK: agentSocket } : {}),
    },
  }
}

export interface ConnectChoices {
  readonly script: string
  /** The `/mcp` of the HTTP server. */
  readonly url: URL
  /** Holds the token of the person at the editor. */
  readonly tokenFile: string
}

/** How an editor reaches an HTTP server: by a stdio one that adds the token, since not every editor can. */
export function connectSnippet({ script, url, tokenFile }: ConnectChoices): EditorSnippet {
  return {
    type: 'stdio',
    command: process.execPath,
    args: [script, 'connect', url.href],
    env: { SSH_MCP_AUTH_TOKEN_FILE: tokenFile },
  }
}

/** The text that stands in an editor's file when nothing else does. */
export function editorConfiguration({ key }: Pick<EditorFile, 'key'>, snippet: EditorSnippet): string {
  return JSON.stringify({ [key]: { sshmcp: snippet } }, null, 2)
}

/** Puts the server into the text of an editor's file; comments and order of the rest stay. @throws CONFIG_INVALID */
export function mergedConfiguration({ path, key }: EditorFile, text: string, snippet: EditorSnippet): string {
  const errors: ParseError[] = []
  const found: unknown = parse(text, errors, { allowTrailingComma: true })
  const [first] = errors
  const isObject = typeof found === 'object' && found !== null && !Array.isArray(found)
  if (text.trim() !== '' && (first !== undefined || !isObject)) {
    const why = first === undefined ? 'it is no object' : `${printParseErrorCode(first.error)} at byte ${first.offset}`
    throw kernelErrors.error('CONFIG_INVALID', {
      message: `${path} cannot be read as an editor’s file: ${why}. Nothing was written.`,
      next: 'Mend the file, or leave --write out and put the snippet in by hand.',
    })
  }
  const before = text.trim() === '' ? '{}\n' : text
  const edits = modify(before, [key, 'sshmcp'], snippet, { formattingOptions: { tabSize: 2, insertSpaces: true } })
  return applyEdits(before, edits)
}
