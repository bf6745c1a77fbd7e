import type { Credential } from '@sshmcp/kernel'
import { isSshMcpError } from '@sshmcp/kernel'
import type { Pipeline } from '@sshmcp/pipeline'
import { faultLine } from './fault-line.ts'
import { serveStdio } from './serve-stdio.ts'

/** A pipeline, ready to be offered, and how to end it. */
export interface OpenedService<S> {
  readonly pipeline: Pipeline<S>
  readonly serverName: string
  readonly credential: Credential
  close(): Promise<void>
}

export interface RunStdioOptions<S> {
  /** Reads the configuration and starts; whatever it throws means that nothing was started. */
  readonly open: () => Promise<OpenedService<S>>
  readonly version: string
  /** One line for a person, on stderr. */
  readonly log: (line: string) => void
}

/** The whole life of a stdio server; resolves with the exit code of the process: 0, or 2 when it could not start. */
export async function runStdio<S>({ open, version, log }: RunStdioOptions<S>): Promise<number> {
  const onError = (error: unknown): void => log(faultLine(error))
  let service: OpenedService<S>
  try {
    service = await open()
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    log(`${error.message} ${error.next}`)
    return 2
  }
  const { pipeline, serverName: name, credential } = service
  const stdio = await serveStdio({ pipeline, name, version, credential: () => credential, onError })
  await stdio.ended
  await stdio.stop()
  await service.close()
  return 0
}
