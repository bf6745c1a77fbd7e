import type { Editor, Place, Registration } from './editor.ts'

/** Who a token stands for: whoever the server acts for, or the other person who approves. */
type TokenOwner = 'server' | 'approver'

const keys = { server: 'sshMcp.token', approver: 'sshMcp.approverToken' } as const
const prompts = {
  server: 'The token that the server and its model act with, as `sshmcp identities add` printed it',
  approver: 'The token of the other identity, whose decisions you make',
} as const

/** Tokens lie in the editor's secret storage and nowhere else. */
export interface Tokens {
  get(owner: TokenOwner): Promise<string | undefined>
  /** Asks for a token; an empty answer changes nothing. */
  ask(owner: TokenOwner): Promise<void>
  forget(owner: TokenOwner): Promise<void>
  onChange(listener: () => void): Registration
}

export function createTokens({ window }: Pick<Editor, 'window'>, { secrets }: Pick<Place, 'secrets'>): Tokens {
  return {
    get: async (owner) => secrets.get(keys[owner]),
    ask: async (owner) => {
      const typed = await window.showInputBox({ prompt: prompts[owner], password: true, ignoreFocusOut: true })
      const token = typed?.trim() ?? ''
      if (token !== '') await secrets.store(keys[owner], token)
    },
    forget: async (owner) => secrets.delete(keys[owner]),
    onChange: (listener) => secrets.onDidChange(listener),
  }
}
