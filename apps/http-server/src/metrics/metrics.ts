import type { Clock } from '@sshmcp/kernel'
import type { Reply, Runtime, RuntimeLoad } from '@sshmcp/runtime'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface MetricsDeps {
  readonly clock: Clock
  readonly load: () => Promise<RuntimeLoad>
  readonly mcpSessions: () => number
}

/** Numbers about this process, in the text format of Prometheus. No name of a person, a host or a template is in them. */
export interface Metrics {
  /** The same pipeline, each call counted and timed when its reply is there. */
  measured(pipeline: Runtime['pipeline']): Runtime['pipeline']
  readonly contentType: string
  /** @throws APPROVAL_STORE_UNAVAILABLE */
  text(): Promise<string>
}

/** From a list that is answered at once to a command that runs for five minutes. */
const buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

/** A registry of its own: nothing is counted in the process' global one. */
export function createMetrics({ clock, load, mcpSessions }: MetricsDeps): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const calls = new Counter({
    name: 'sshmcp_calls_total',
    help: 'Calls of tools that were answered, by tool and result: ok, or the code of the error.',
    labelNames: ['tool', 'result'],
    registers,
  })
  const seconds = new Histogram({
    name: 'sshmcp_call_duration_seconds',
    help: 'Time from a call of a tool to its reply.',
    labelNames: ['tool'],
    buckets,
    registers,
  })
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const connections = gauge('sshmcp_ssh_connections', 'Connections to hosts that are open.')
  const jobs = gauge('sshmcp_jobs_running', 'Background jobs that run.')
  const waiting = gauge('sshmcp_approvals_waiting', 'Approval requests that wait for a decision.')
  const sessions = gauge('sshmcp_mcp_sessions', 'MCP sessions that are open.')
  return {
    measured(pipeline) {
      const known = new Set(pipeline.tools.map(({ name }) => name))
      return {
        tools: pipeline.tools,
        async call(request) {
          const start = clock.monotonic()
          const reply = await pipeline.call(request)
          // A caller may send any name: it must not make a series of its own.
          const tool = known.has(request.tool) ? request.tool : 'unknown'
          calls.inc({ tool, result: resultOf(reply) })
          seconds.observe({ tool }, (clock.monotonic() - start) / 1000)
          return reply
        },
      }
    },
    contentType: registry.contentType,
    async text() {
      const now = await load()
      connections.set(now.connections)
      jobs.set(now.runningJobs)
      waiting.set(now.approvalsWaiting)
      sessions.set(mcpSessions())
      return registry.metrics()
    },
  }
}

function resultOf(reply: Reply): string {
  return reply.isError ? reply.error.code : 'ok'
}
