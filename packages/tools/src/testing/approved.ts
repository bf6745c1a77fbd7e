import type { Reply } from '@sshmcp/pipeline'
import { textOf } from './handles.ts'
import type { toolBench } from './tool-bench.ts'

/** Calls a tool of high risk with the yes of a person for exactly that call. */
export async function approved(
  { call }: Pick<ReturnType<typeof toolBench>, 'call'>,
  tool: string,
  args: Readonly<Record<string, unknown>>,
): Promise<Reply> {
  const asked = await call('request_approval', { action: tool, arguments: args, justification: 'as agreed' })
  const request_id = textOf(asked, 'request_id')
  const shown = await call('show_approval', { request_id }, { via: 'terminal' })
  const decision = { verdict: 'approve', typed_word: textOf(shown, 'typed_word') }
  await call('decide_approval', { request_id, decision }, { via: 'terminal' })
  return call(tool, { ...args, approval_request_id: request_id })
}
