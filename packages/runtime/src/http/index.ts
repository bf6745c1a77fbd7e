export { isLoopback } from '../http-file.ts'
export { type HttpConfig, type HttpFlags, loadHttpConfig } from '../loader/load-http-config.ts'
export { callersByProof, type HttpCallers } from './http-callers.ts'
