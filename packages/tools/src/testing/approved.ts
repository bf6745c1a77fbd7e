import type { Reply } from '@sshmcp/pipeline'
import { textOf } from './handles.ts'
import type { toolBench } from './tool-bench.ts'

type Bench = Pick<ReturnType<typeof toolBench>, 'call'>
type Args = Readonly<Record<string, unknown>>

/** The yes of a person for exactly that call. */
export async function approve({ call }: Bench, tool: string, args: Args): Promise<string> {
  const asked = await call('request_approval', { action: tool, arguments: args, justification: 'as agreed' })
  const request_id = textOf(asked, 'request_id')
  const shown = await call('show_approval', { request_id }, { via: 'terminal' })
  const decision = { verdict: 'approve', typed_word: textOf(shown, 'typed_word') }
  await call('decide_approval', { request_id, decision }, { via: 'terminal' })
  return request_id
}

/** Calls a tool of high risk with the yes of a person for exactly that call. */
export async function approved(bench: Bench, tool: string, args: Args): Promise<Reply> {
  return bench.call(tool, { ...args, approval_request_id: await approve(bench, tool, args) })
}
