export { toolFactory } from './define-tool.ts'
export { describeTool, schemasOf, type ToolDescription } from './describe-tool.ts'
export { pipelineErrors } from './errors.ts'
export type { KeyRules } from './key-rules.ts'
export { createPipeline, type Pipeline } from './pipeline.ts'
export type { BoundCaller, CallRequest, PipelineDeps, Via } from './pipeline-deps.ts'
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
export type { JsonSchema, Planner, ResultNote, RunningCall, SealedTool, ToolHints, ToolSchemas } from './tool.ts'
