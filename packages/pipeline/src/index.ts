export { closedGate } from './closed-gate.ts'
export { toolFactory } from './define-tool.ts'
export { describeTool, type JsonSchema, type ToolDescription } from './describe-tool.ts'
export { pipelineErrors } from './errors.ts'
export { type CallRequest, createPipeline, type Pipeline, type PipelineDeps } from './pipeline.ts'
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
export type { Reply, ReplyError, ReplyMeta } from './reply.ts'
export type { Authenticate } from './stages/authenticated.ts'
export type { CallHooks } from './stages/recorded.ts'
export type { ResultNote, RunningCall, SealedTool, ToolHints } from './tool.ts'
