import type { Hono } from 'hono'
import type { ApprovalDetails, ApprovalVisit, ShownValue } from './approval-details.ts'
import { approvalList, type PendingApproval } from './approval-list.ts'
import { approvalView } from './approval-view.ts'
import { codeView } from './code-view.ts'
import { type Form, readForm } from './form.ts'
import { callAs, type PageContext, type PageDesk, type SignedIn } from './page-desk.ts'
import { statusOf } from './problem.ts'
import { respond, respondProblem } from './respond.ts'
import { rowsOf } from './rows.ts'

const place = '/approvals'
const foreignForm = {
  code: 'FORM_FOREIGN',
  message: 'That form was not sent from this page. Nothing was decided.',
  next: 'Decide with the form below.',
} as const

/** Where people decide: one request at a time, having read it. */
export function addApprovals(pages: Hono<SignedIn>, desk: PageDesk): void {
  pages.get(place, async (context) => {
    const reply = await callAs(desk, context, 'list_pending_approvals', {})
    if (reply.isError) return respondProblem(desk, context, place, reply.error)
    const pending = rowsOf<PendingApproval>(reply.result.pending)
    const { principal, readsJournal } = context.var
    const title = pending.length === 0 ? 'Approvals' : `(${pending.length}) Approvals`
    return respond(desk, context, { title, place }, approvalList(pending, { userId: principal.userId, readsJournal }))
  })
  pages.get(`${place}/:id`, (context) => show(desk, context, context.req.param('id')))
  pages.post(`${place}/:id/approve`, (context) =>
    decide(desk, context, context.req.param('id'), 'approve', ({ typed_word = '', how }) => ({
      verdict: 'approve',
      typed_word,
      as_code: how === 'code',
    })),
  )
  pages.post(`${place}/:id/deny`, (context) =>
    decide(desk, context, context.req.param('id'), 'deny', ({ reason = '' }) => ({ verdict: 'deny', reason })),
  )
}

async function decide(
  desk: PageDesk,
  context: PageContext,
  id: string,
  at: 'approve' | 'deny',
  decisionOf: (form: Form) => Readonly<Record<string, unknown>>,
): Promise<Response> {
  const form = await readForm(context, desk.publicUrl, context.get('session').formToken)
  if (form === undefined) return show(desk, context, id, { at, what: foreignForm })
  const reply = await callAs(desk, context, 'decide_approval', { request_id: id, decision: decisionOf(form) })
  if (reply.isError) return show(desk, context, id, { at, what: reply.error })
  const { request_id, code, expires_at } = reply.result
  if (code === undefined) return context.redirect(`${place}/${encodeURIComponent(id)}`, 303)
  const issued = { request_id: String(request_id), code: String(code), expires_at: String(expires_at) }
  return respond(desk, context, { title: 'One-time code', place }, codeView(issued))
}

async function show(
  desk: PageDesk,
  context: PageContext,
  id: string,
  problem?: ApprovalVisit['problem'],
): Promise<Response> {
  const reply = await callAs(desk, context, 'show_approval', { request_id: id })
  if (reply.isError) return respondProblem(desk, context, place, reply.error)
  const approval = detailsIn(reply.result)
  const { principal, session, readsJournal } = context.var
  const visit = { userId: principal.userId, formToken: session.formToken, readsJournal, problem }
  const title = `${approval.action} on ${approval.host_id} (${approval.status})`
  const status = problem === undefined ? 200 : problem.what === foreignForm ? 403 : statusOf(problem.what)
  return respond(desk, context, { title, place, status }, approvalView(approval, visit))
}

function detailsIn(result: Readonly<Record<string, unknown>>): ApprovalDetails {
  const text = (field: string): string => String(result[field])
  return {
    request_id: text('request_id'),
    action: text('action'),
    host_id: text('host_id'),
    requester_id: text('requester_id'),
    mode: text('mode'),
    status: text('status'),
    expires_at: text('expires_at'),
    typed_word: text('typed_word'),
    operation: rowsOf<ShownValue>(result.operation),
    circumstances: rowsOf<ShownValue>(result.circumstances),
    words: rowsOf<ShownValue>(result.words),
  }
}
