import type * as vscode from 'vscode'

/** Ends a registration. */
export interface Registration {
  dispose(): unknown
}

/** What this extension uses of the editor: `vscode` has this shape, and so has the fake of the tests. */
export interface Editor {
  readonly lm: {
    registerMcpServerDefinitionProvider(
      id: string,
      provider: vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition>,
    ): Registration
  }
  readonly McpStdioServerDefinition: new (
    label: string,
    command: string,
    args: string[],
    env: Record<string, string | number | null>,
    version: string,
  ) => vscode.McpStdioServerDefinition
  readonly EventEmitter: new () => vscode.EventEmitter<void>
  readonly StatusBarAlignment: { readonly Right: vscode.StatusBarAlignment }
  readonly ViewColumn: { readonly Beside: vscode.ViewColumn }
  readonly Uri: { from(parts: { scheme: string; path: string }): vscode.Uri; file(path: string): vscode.Uri }
  readonly RelativePattern: new (base: vscode.Uri, pattern: string) => vscode.RelativePattern
  readonly commands: { registerCommand(id: string, run: () => Promise<void>): Registration }
  readonly window: EditorWindow
  readonly workspace: EditorWorkspace
}

interface EditorWindow {
  createStatusBarItem(id: string, alignment: vscode.StatusBarAlignment, priority: number): StatusItem
  createOutputChannel(name: string): LogLines & Registration
  createTerminal(options: vscode.TerminalOptions): ReviewTerminal
  onDidCloseTerminal(listener: (terminal: object) => void): Registration
  showInformationMessage(text: string): Thenable<string | undefined>
  showErrorMessage(text: string): Thenable<string | undefined>
  showInputBox(options: vscode.InputBoxOptions): Thenable<string | undefined>
  showQuickPick<T extends vscode.QuickPickItem>(
    items: readonly T[],
    options: vscode.QuickPickOptions,
  ): Thenable<T | undefined>
  showTextDocument(uri: vscode.Uri, options: vscode.TextDocumentShowOptions): Thenable<unknown>
}

export interface EditorWorkspace {
  getConfiguration(section: string): { get<T>(key: string, fallback: T): T }
  onDidChangeConfiguration(listener: (change: { affectsConfiguration(section: string): boolean }) => void): Registration
  registerTextDocumentContentProvider(
    scheme: string,
    provider: { provideTextDocumentContent(uri: vscode.Uri): string },
  ): Registration
  createFileSystemWatcher(pattern: vscode.RelativePattern): FolderWatcher
}

export type StatusItem = Pick<vscode.StatusBarItem, 'text' | 'tooltip' | 'command' | 'show' | 'hide' | 'dispose'>
type ReviewTerminal = Pick<vscode.Terminal, 'show' | 'sendText'>

interface LogLines {
  appendLine(line: string): void
}

interface FolderWatcher extends Registration {
  onDidCreate(listener: () => void): Registration
  onDidChange(listener: () => void): Registration
  onDidDelete(listener: () => void): Registration
}

/** What the editor gives an extension when it starts it. */
export interface Place {
  readonly subscriptions: Registration[]
  readonly extensionPath: string
  readonly secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete' | 'onDidChange'>
}
