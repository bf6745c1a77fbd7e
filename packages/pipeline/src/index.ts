export { closedGate } from './closed-gate.ts'
export { toolFactory } from './define-tool.ts'
export { describeTool, type JsonSchema, type ToolDescription } from './describe-tool.ts'
export { pipelineErrors } from './errors.ts'
export {
  type BoundCaller,
  type CallRequest,
  createPipeline,
  type Pipeline,
  type PipelineDeps,
  type Via,
} from './pipeline.ts'
export type { Planner } from './planner.ts'
export type {
  Approval,
  ApprovalGate,
  CallOutcome,
  CallRecord,
  CallStatus,
  ConnectionFacts,
  Journal,
  Redactor,
} from './ports.ts'
export type { Answer, AskPerson, Question } from './question.ts'
export type { Reply, ReplyError, ReplyMeta } from './reply.ts'
export type { Authenticate } from './stages/authenticated.ts'
export type { Confirmation } from './stages/confirmed.ts'
export type { CallHooks } from './stages/recorded.ts'
export type { ResultNote, RunningCall, SealedTool, ToolHints } from './tool.ts'
