import { runsOneCommand, scriptLine } from '@sshmcp/kernel'
import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { factsErrors } from '../errors.ts'
import { factsScript } from '../facts/facts-script.ts'
import { parseFacts } from '../facts/parse-facts.ts'
import { hostIdField } from '../fields.ts'

const cpu = z.object({ count: z.int(), model: z.string().nullable(), load_average: z.array(z.number()).nullable() })
const memory = z.object({
  total_bytes: z.int(),
  available_bytes: z.int().nullable(),
  swap_total_bytes: z.int().nullable(),
  swap_free_bytes: z.int().nullable(),
})
const disk = z.object({
  filesystem: z.string(),
  mount: z.string(),
  size_bytes: z.int(),
  used_bytes: z.int(),
  available_bytes: z.int(),
  use_percent: z.int().nullable(),
})

const timeoutSeconds = 30

export default defineTool({
  name: 'get_host_facts',
  title: 'Read facts about a host',
  description:
    'Read facts about one SSH host: operating system, kernel, uptime, CPU load, memory, disk space per file system. What the host does not tell is null.',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'host.facts',
  input: z.strictObject({ host_id: hostIdField }),
  output: z.object({
    host_id: z.string(),
    os: z.string().nullable(),
    kernel: z.string().nullable(),
    hostname: z.string().nullable(),
    uptime_seconds: z.int().nullable(),
    cpu: cpu.nullable(),
    memory: memory.nullable(),
    disks: z.array(disk).nullable(),
    raw: z.string(),
  }),
  needs: ['hosts'],
  plan: ({ host_id }, catalog) => {
    const host = catalog.host(host_id)
    // A certificate that permits `sh` would permit everything: there the script stands in the line.
    const sent = runsOneCommand(host)
      ? { line: scriptLine(factsScript), stdin: '' }
      : { line: 'sh', stdin: factsScript }
    return { verb: 'host.facts', host, ...sent }
  },
  execute: async ({ host, line, stdin }, { hosts }, { signal }) => {
    const { stdout, exitCode, timedOut } = await hosts.exec(
      host,
      { line, stdin, timeoutSeconds, needsServedShell: false },
      { signal },
    )
    if (exitCode !== 0) {
      const how = timedOut
        ? `did not end within ${timeoutSeconds} s`
        : `ended with ${exitCode === null ? 'a signal' : `exit code ${exitCode}`}`
      throw factsErrors.error('FACTS_UNREADABLE', {
        message: `The script that reads the facts of ${host.hostId} ${how}.`,
      })
    }
    return { host_id: host.hostId, ...shown(parseFacts(stdout)), raw: stdout }
  },
})

function shown(facts: ReturnType<typeof parseFacts>) {
  return {
    os: facts.os,
    kernel: facts.kernel,
    hostname: facts.hostname,
    uptime_seconds: facts.uptimeSeconds,
    cpu: facts.cpu && {
      count: facts.cpu.count,
      model: facts.cpu.model,
      load_average: facts.cpu.loadAverage && [...facts.cpu.loadAverage],
    },
    memory: facts.memory && {
      total_bytes: facts.memory.totalBytes,
      available_bytes: facts.memory.availableBytes,
      swap_total_bytes: facts.memory.swapTotalBytes,
      swap_free_bytes: facts.memory.swapFreeBytes,
    },
    disks:
      facts.disks?.map((entry) => ({
        filesystem: entry.filesystem,
        mount: entry.mount,
        size_bytes: entry.sizeBytes,
        used_bytes: entry.usedBytes,
        available_bytes: entry.availableBytes,
        use_percent: entry.usePercent,
      })) ?? null,
  }
}
