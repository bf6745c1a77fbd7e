import type * as vscode from 'vscode'
import { listPending, type Pending, type Shown, showRequest } from './approvals.ts'
import type { CommandLine } from './command-line.ts'
import type { Editor, Registration } from './editor.ts'
import type { Tokens } from './tokens.ts'

/** The scheme of the read-only documents that show an operation. */
const scheme = 'sshmcp-approval'

/** What reviewing is made of. */
export interface ReviewParts {
  readonly editor: Editor
  readonly commandLine: CommandLine
  readonly tokens: Tokens
  readonly done: () => Promise<void>
}

/**
 * A person's decision. Each command opens the full operation first. Approving takes the word that the person types, and
 * hands it to `sshmcp approvals approve` on a terminal of its own, where everything is checked again; nothing here decides.
 */
export interface Review {
  approve(): Promise<void>
  deny(): Promise<void>
  readonly registrations: readonly Registration[]
}

export function createReview(parts: ReviewParts): Review {
  const { editor } = parts
  const texts = new Map<string, string>()
  const terminals = new Map<object, string>()
  const open = (): Promise<Shown | undefined> => openOperation(parts, texts)
  return {
    approve: async () => {
      const shown = await open()
      if (shown === undefined || !(await mayApprove(parts, shown))) return
      const typed = await editor.window.showInputBox({
        title: 'Approve exactly the operation shown',
        prompt: `Type ${shown.typedWord} to approve it; Escape leaves it pending`,
        ignoreFocusOut: true,
      })
      if (typed === undefined || typed.trim() === '') return
      terminals.set(await typeOnTerminal(parts, shown.id, typed.trim()), shown.id)
    },
    deny: async () => {
      const shown = await open()
      if (shown === undefined) return
      const reason = await editor.window.showInputBox({
        title: 'Deny the operation shown',
        prompt: 'Why? The requester is told; a denial is final. Escape leaves it pending',
        ignoreFocusOut: true,
      })
      if (reason === undefined || reason.trim() === '') return
      await parts.commandLine.json('approvals', 'deny', shown.id, `--reason=${reason.trim()}`)
      await tellStatus(parts, shown.id)
    },
    registrations: [
      editor.workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: ({ path }) => texts.get(path) ?? '',
      }),
      editor.window.onDidCloseTerminal((terminal) => {
        const id = terminals.get(terminal)
        if (terminals.delete(terminal) && id !== undefined) void tellStatus(parts, id)
      }),
    ],
  }
}

async function openOperation(
  { editor, commandLine }: ReviewParts,
  texts: Map<string, string>,
): Promise<Shown | undefined> {
  const pending = await choose(editor, await listPending(commandLine))
  if (pending === undefined) return undefined
  const shown = await showRequest(commandLine, pending.id)
  const path = `/${shown.id}.txt`
  texts.set(path, shown.text)
  const uri = editor.Uri.from({ scheme, path })
  await editor.window.showTextDocument(uri, { preview: false, viewColumn: editor.ViewColumn.Beside })
  return shown
}

async function choose({ window }: Editor, pending: readonly Pending[]): Promise<Pending | undefined> {
  if (pending.length === 0) {
    await window.showInformationMessage('Nothing waits for a decision.')
    return undefined
  }
  const items = pending.map((request) => ({
    label: `${request.action} ${request.host}`,
    description: `asked by ${request.requester}, until ${request.expiresAt}`,
    detail: request.summary,
    request,
  }))
  const picked = await window.showQuickPick(items, { title: 'Which request?', ignoreFocusOut: true })
  return picked?.request
}

/** With two people, this one has to be the other; who may decide what is checked by the command line. */
async function mayApprove({ editor: { window }, tokens }: ReviewParts, { status, mode, id }: Shown): Promise<boolean> {
  if (status !== 'pending') {
    await window.showInformationMessage(`${id} is ${status}: there is nothing to decide.`)
    return false
  }
  if (mode === 'one-person' || (await tokens.get('approver')) !== undefined) return true
  await window.showInformationMessage(
    'A second person approves this: on the approvals page of the server, or at a terminal with a token of their own. If that is you, run "sshmcp: Set the Token of the Approver" first.',
  )
  return false
}

async function typeOnTerminal({ editor, commandLine }: ReviewParts, id: string, typed: string): Promise<object> {
  const { command, args, env } = await commandLine.invocation('approvals', 'approve', id)
  const options: vscode.TerminalOptions = {
    name: `approve ${id}`,
    shellPath: command,
    shellArgs: [...args],
    env: { ...env },
    isTransient: true,
  }
  const terminal = editor.window.createTerminal(options)
  terminal.show()
  // One line: what a person typed into one box answers one question.
  terminal.sendText(typed.replaceAll(/\p{Cc}/gu, ''), true)
  return terminal
}

async function tellStatus({ editor, commandLine, done }: ReviewParts, id: string): Promise<void> {
  const { status } = await showRequest(commandLine, id)
  await editor.window.showInformationMessage(`${id} is ${status}.`)
  await done()
}
