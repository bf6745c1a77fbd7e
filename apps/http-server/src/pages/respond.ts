import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import type { PageContext, PageDesk } from './page-desk.ts'
import { type Problem, problemNote, statusOf } from './problem.ts'

interface Answer {
  readonly title: string
  /** Which of the places in the navigation this is. */
  readonly place: string
  readonly status?: ContentfulStatusCode
}

/** Answers with a page of somebody who is signed in. */
export async function respond(desk: PageDesk, context: PageContext, answer: Answer, main: Html): Promise<Response> {
  const { title, place, status = 200 } = answer
  const { session, principal, readsJournal } = context.var
  const visitor = { principal, readsJournal, formToken: session.formToken, place }
  return context.html(layout({ title, assetVersion: desk.assetVersion, visitor }, main), status)
}

/** Answers with nothing but what went wrong. */
export function respondProblem(
  desk: PageDesk,
  context: PageContext,
  place: string,
  problem: Problem,
): Promise<Response> {
  const status = statusOf(problem)
  const title = status === 404 ? 'Not here' : 'Not possible'
  const main = html`<h1>${title}</h1>${problemNote(problem)}<p><a href="/approvals">Go to the approvals</a></p>`
  return respond(desk, context, { title, place, status }, main)
}
