import type { Pending } from './approvals.ts'
import type { Editor, Registration, StatusItem } from './editor.ts'

/** What the status bar is made of. */
export interface StatusParts {
  readonly editor: Pick<Editor, 'window' | 'StatusBarAlignment'>
  readonly list: () => Promise<readonly Pending[]>
  readonly log: (line: string) => void
}

/** Shows how many requests wait; hidden while none does. */
export interface PendingStatus extends Registration {
  /** Looks again. Asked while a look is on, it looks once more after it. */
  refresh(): Promise<void>
}

export function createStatus({ editor, list, log }: StatusParts): PendingStatus {
  const item = editor.window.createStatusBarItem('sshMcp.pending', editor.StatusBarAlignment.Right, 100)
  item.command = 'sshMcp.reviewApproval'
  let wanted = 0
  let looking: Promise<void> | undefined
  const look = async (): Promise<void> => {
    for (let seen = -1; seen !== wanted; ) {
      seen = wanted
      try {
        show(item, await list())
      } catch (error) {
        // Without a configuration folder, or with a token that is no longer good, there is nothing to count; the log says why.
        item.hide()
        log(error instanceof Error ? error.message : String(error))
      }
    }
    looking = undefined
  }
  return {
    refresh: () => {
      wanted += 1
      looking ??= look()
      return looking
    },
    dispose: () => item.dispose(),
  }
}

function show(item: StatusItem, pending: readonly Pending[]): void {
  if (pending.length === 0) {
    item.hide()
    return
  }
  item.text = `$(shield) ${pending.length} to approve`
  item.tooltip = pending.map(({ action, host, requester }) => `${action} ${host}, asked by ${requester}`).join('\n')
  item.show()
}
