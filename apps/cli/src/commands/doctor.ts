import { existsSync } from 'node:fs'
import { isSshMcpError, printable } from '@sshmcp/kernel'
import { type Desk, hostNamed, journalChange, type Places, verifyJournal } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, surroundingsOf, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { type Check, fail, ok, warn } from '../doctor/check.ts'
import { configurationChecks, nodeVersion } from '../doctor/config-checks.ts'
import { folderChecks, isClosed } from '../doctor/folder-checks.ts'
import { hostCheck, machineChecks, type Reached } from '../doctor/host-checks.ts'
import { keyChecks } from '../doctor/key-checks.ts'
import { editorsAtHand } from '../editors-at-hand.ts'
import { exitCode } from '../exit-code.ts'
import { interruptible } from '../interruptible.ts'

interface DoctorOptions extends GlobalOptions {
  readonly fix?: boolean
}

/** A checkpoint is written every 256 entries; further behind than two of them, the copying has stopped. */
const mostBehind = 512

/** What no check can see, in two sentences. */
const limit =
  'An assistant that also has a shell under this account can use ssh without sshmcp: against that only an HTTP server under another account holds. An assistant without a shell reaches your hosts through these tools alone.'

/** `doctor`: every thing that has to be right, one line each, with the exact cure. */
export const addDoctor: AddCommand = (program, context) => {
  const command = program
    .command('doctor [host]')
    .description('check configuration, keys, hosts and journal; each line says what to do')
    .option('--fix', 'mend what takes no decision: missing folders, permissions')
    .action(async (host: string | undefined, _options: DoctorOptions, self: Command) => {
      context.exit(await doctor(context, host, self.optsWithGlobals<DoctorOptions>()))
    })
  withExample(command, 'sshmcp doctor', 'sshmcp doctor web-1', 'sshmcp doctor --fix')
}

async function doctor(context: CommandContext, hostId: string | undefined, options: DoctorOptions): Promise<number> {
  const desk = deskOf(context, options)
  const mended = options.fix === true ? await mend(desk) : []
  const checks: Check[] = []
  const tell = (found: readonly Check[]): void => {
    checks.push(...found)
    if (options.json !== true) for (const check of found) show(context, check)
  }
  tell(mended)
  tell([nodeVersion(process.version)])
  const { config, checks: ofConfig } = configurationChecks(
    surroundingsOf(context, options),
    editorsAtHand(context.terminal.homeDir),
  )
  tell(ofConfig)
  tell(folderChecks(desk.places))
  const all = config?.rules.hosts ?? []
  const { agentSocket, knownHostsFile } = desk.settings
  tell(await keyChecks({ homeDir: desk.homeDir, agentSocket, knownHostsFile }, all))
  tell([await journal(desk.places)])
  const wanted = hostId === undefined || config === undefined ? all : [hostNamed(all, hostId)]
  const reached: Reached[] = []
  await interruptible(context.terminal, async (signal) => {
    for (const host of wanted) {
      const result = await hostCheck(context, desk, host, signal)
      tell(result.checks)
      if (result.reached !== undefined) reached.push(result.reached)
    }
  })
  tell(machineChecks(reached))
  return conclude(context, checks, options)
}

async function mend(desk: Desk): Promise<readonly Check[]> {
  const mendable = folderChecks(desk.places).filter(({ fix }) => fix !== undefined)
  if (mendable.length === 0) return []
  for (const { fix } of mendable) fix?.()
  const detail = { mended: mendable.map(({ text }) => text) }
  await journalChange(desk, { command: 'doctor --fix', detail }, () => {})
  return mendable.map(({ text }) => ok('mended', text))
}

async function journal({ auditLogDir, ...places }: Places): Promise<Check> {
  if (isClosed(places.configDir) || isClosed(auditLogDir))
    return fail('journal', `${auditLogDir} cannot be looked at.`, 'Mend the permissions first, as said above.')
  if (!existsSync(auditLogDir)) return warn('journal', `${auditLogDir} does not exist yet.`, 'sshmcp init')
  try {
    const { report, summary, anchorDir } = await verifyJournal({ ...places, auditLogDir }, undefined)
    const behind = anchorDir === undefined ? 0 : report.signedSize - (report.anchored?.size ?? 0)
    if (report.isEnough && behind > (report.anchored === undefined ? 0 : mostBehind)) {
      const cure = `See that ${anchorDir} (audit.anchor_dir of policy.json) is mounted and can be written; a running server then catches up.`
      return warn('journal', `${summary}; the anchor is ${behind} entries behind.`, cure)
    }
    if (report.isEnough) return ok('journal', summary)
    return fail('journal', summary, 'Keep the folder as evidence, and name an empty one with SSH_MCP_AUDIT_LOG_DIR.')
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    return fail('journal', error.message, error.next)
  }
}

function show({ terminal }: CommandContext, { state, what, text, cure }: Check): void {
  const { green, yellow, red, bold, dim } = terminal.colors
  const paint = { ok: green, warn: yellow, fail: red }[state]
  terminal.write(`${paint(state.padEnd(4))}  ${bold(what)}  ${printable(text)}\n`)
  if (cure !== undefined) terminal.write(`      ${dim('cure')}  ${printable(cure)}\n`)
}

function conclude(context: CommandContext, checks: readonly Check[], { json }: DoctorOptions): number {
  const count = (wanted: Check['state']): number => checks.filter(({ state }) => state === wanted).length
  const fails = count('fail')
  if (json === true) {
    const shown = checks.map(({ state, what, text, cure }) => ({ state, what, text, ...(cure ? { cure } : {}) }))
    writeJson(context, { ok: fails === 0, checks: shown, limit })
  } else {
    const { dim } = context.terminal.colors
    context.terminal.write(`\n${count('ok')} ok, ${count('warn')} to look at, ${fails} failed.\n${dim(limit)}\n`)
  }
  return fails === 0 ? exitCode.done : exitCode.failed
}
