import type * as vscode from 'vscode'
import type { Editor, Place, Registration, StatusItem } from '../editor.ts'

type Listener<T> = (value: T) => void

/** A list of listeners; what the editor calls an event. */
function listeners<T>() {
  const all = new Set<Listener<T>>()
  const on = (listener: Listener<T>): Registration => {
    all.add(listener)
    return { dispose: () => all.delete(listener) }
  }
  return { on, fire: (value: T) => all.forEach((listener) => void listener(value)) }
}

class FakeUri {
  readonly authority = ''
  readonly query = ''
  readonly fragment = ''
  readonly scheme: string
  readonly path: string
  constructor(scheme: string, path: string) {
    this.scheme = scheme
    this.path = path
  }
  get fsPath(): string {
    return this.path
  }
  with(change: { scheme?: string; path?: string }): FakeUri {
    return new FakeUri(change.scheme ?? this.scheme, change.path ?? this.path)
  }
  toString(): string {
    return `${this.scheme}:${this.path}`
  }
  toJSON(): string {
    return this.toString()
  }
}

class FakeServer {
  readonly label: string
  command: string
  args: string[]
  env: Record<string, string | number | null>
  version: string
  constructor(label: string, command: string, args: string[], env: FakeServer['env'], version: string) {
    this.label = label
    this.command = command
    this.args = args
    this.env = env
    this.version = version
  }
}

class FakeEmitter {
  readonly #listeners = listeners<void>()
  readonly event = this.#listeners.on
  fire(): void {
    this.#listeners.fire()
  }
  dispose(): void {}
}

class FakePattern {
  readonly baseUri: vscode.Uri
  readonly base: string
  readonly pattern: string
  constructor(base: vscode.Uri, pattern: string) {
    this.baseUri = base
    this.base = base.fsPath
    this.pattern = pattern
  }
}

/** What the extension did to the fake editor, and what a person does in it. */
export interface FakeEditor {
  readonly editor: Editor
  readonly place: Place
  readonly commands: Map<string, () => Promise<void>>
  readonly providers: vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition>[]
  readonly settings: Map<string, unknown>
  readonly secrets: Map<string, string>
  readonly status: StatusItem & { visible: boolean }
  readonly terminals: { readonly options: vscode.TerminalOptions; readonly sent: string[] }[]
  readonly watched: vscode.RelativePattern[]
  /** Everything that was shown, in order: messages, documents, boxes. */
  readonly seen: string[]
  readonly answers: { box: string | undefined; pick: number | undefined }
  changeSettings(): void
  changeFiles(): void
  closeTerminal(): void
}

export function fakeEditor(): FakeEditor {
  const commands: FakeEditor['commands'] = new Map()
  const providers: FakeEditor['providers'] = []
  const settings: FakeEditor['settings'] = new Map()
  const secrets: FakeEditor['secrets'] = new Map()
  const terminals: FakeEditor['terminals'] = []
  const handles: object[] = []
  const watched: FakeEditor['watched'] = []
  const seen: string[] = []
  const answers: FakeEditor['answers'] = { box: undefined, pick: 0 }
  const [settingsChanged, secretsChanged] = [
    listeners<{ affectsConfiguration: () => boolean }>(),
    listeners<{ key: string }>(),
  ]
  const [filesChanged, terminalClosed] = [listeners<void>(), listeners<object>()]
  let textOf = (_uri: vscode.Uri): string => ''
  const nothing: Registration = { dispose: () => {} }
  const status = {
    text: '',
    tooltip: undefined,
    command: undefined,
    visible: false,
    show: () => void Object.assign(status, { visible: true }),
    hide: () => void Object.assign(status, { visible: false }),
    dispose: () => {},
  }
  const say = async (text: string): Promise<undefined> => void seen.push(text)
  const editor: Editor = {
    lm: {
      registerMcpServerDefinitionProvider: (id, provider) => {
        seen.push(`provider ${id}`)
        providers.push(provider)
        return nothing
      },
    },
    McpStdioServerDefinition: FakeServer,
    EventEmitter: FakeEmitter,
    RelativePattern: FakePattern,
    StatusBarAlignment: { Right: 2 },
    ViewColumn: { Beside: -2 },
    Uri: {
      from: ({ scheme, path }) => new FakeUri(scheme, path),
      file: (path) => new FakeUri('file', path),
    },
    commands: {
      registerCommand: (id, run) => {
        commands.set(id, run)
        return nothing
      },
    },
    window: {
      createStatusBarItem: () => status,
      createOutputChannel: () => ({ appendLine: (line) => void seen.push(`log ${line}`), dispose: () => {} }),
      createTerminal: (options) => {
        const terminal = { options, sent: [] as string[] }
        const handle = { show: () => {}, sendText: (text: string) => void terminal.sent.push(text) }
        terminals.push(terminal)
        handles.push(handle)
        return handle
      },
      onDidCloseTerminal: terminalClosed.on,
      showInformationMessage: say,
      showErrorMessage: (text) => say(`error ${text}`),
      showInputBox: async ({ prompt }) => {
        seen.push(`box ${prompt}`)
        return answers.box
      },
      showQuickPick: async (items) => (answers.pick === undefined ? undefined : items[answers.pick]),
      showTextDocument: async (uri) => void seen.push(`document ${textOf(uri)}`),
    },
    workspace: {
      getConfiguration: (section) => ({
        get: (key, fallback) => {
          const value = settings.get(`${section}.${key}`)
          return isLike(value, fallback) ? value : fallback
        },
      }),
      onDidChangeConfiguration: settingsChanged.on,
      registerTextDocumentContentProvider: (_scheme, provider) => {
        textOf = (uri) => provider.provideTextDocumentContent(uri)
        return nothing
      },
      createFileSystemWatcher: (pattern) => {
        watched.push(pattern)
        return {
          onDidCreate: filesChanged.on,
          onDidChange: () => nothing,
          onDidDelete: () => nothing,
          dispose: () => {},
        }
      },
    },
  }
  const place: Place = {
    subscriptions: [],
    extensionPath: '/extension',
    secrets: {
      get: async (key) => secrets.get(key),
      store: async (key, value) => {
        secrets.set(key, value)
        secretsChanged.fire({ key })
      },
      delete: async (key) => {
        secrets.delete(key)
        secretsChanged.fire({ key })
      },
      onDidChange: secretsChanged.on,
    },
  }
  return {
    ...{ editor, place, commands, providers, settings, secrets, status, terminals, watched, seen, answers },
    changeSettings: () => settingsChanged.fire({ affectsConfiguration: () => true }),
    changeFiles: () => filesChanged.fire(),
    closeTerminal: () => handles.forEach((handle) => void terminalClosed.fire(handle)),
  }
}

function isLike<T>(value: unknown, fallback: T): value is T {
  return typeof value === typeof fallback
}
