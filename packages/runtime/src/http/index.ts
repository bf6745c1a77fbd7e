export { isLoopback } from '../http-file.ts'
export { boundTo, type HttpConfig, type HttpFlags, loadHttpConfig } from '../loader/load-http-config.ts'
export { callersByProof, type HttpCallers } from './http-callers.ts'
