import { once } from 'node:events'
import { parseEnvironment, placesOf, verifyJournal } from '@sshmcp/runtime'
import { type AddCommand, type CommandContext, withExample } from '../command.ts'
import { approvedRestart } from '../demo/approved-restart.ts'
import { acts } from '../demo/demo-acts.ts'
import { DemoStage } from '../demo/demo-stage.ts'
import { type DemoWorld, startDemoWorld } from '../demo/demo-world.ts'
import { entryLine } from '../entry-line.ts'
import { exitCode } from '../exit-code.ts'
import { interruptible } from '../interruptible.ts'

/** `demo`: the main job in one minute, on this machine alone. Fails when anything did not go as promised. */
export const addDemo: AddCommand = (program, context) => {
  const command = program
    .command('demo')
    .description('an SSH host, a server and a client on this machine: see what it does and what it refuses')
    .action(async () => context.exit(await demo(context)))
  withExample(command, 'sshmcp demo')
}

function demo(context: CommandContext): Promise<number> {
  const { terminal } = context
  const { bold, dim, green, red } = terminal.colors
  const stage = new DemoStage(terminal)
  stage.say(`${bold('sshmcp demo')}  ${dim('two SSH hosts, the server and a client, all on this machine')}`)
  stage.say()
  return interruptible(terminal, async (signal) => {
    const world = await startDemoWorld(context.script)
    const gone = `${dim('Nothing outside')} ${world.folder} ${dim('was touched, and it is gone.')}`
    const wrong: string[] = []
    try {
      if (!signal.aborted) await Promise.race([play(context, world, { stage, wrong }), once(signal, 'abort')])
    } finally {
      await world.close()
    }
    if (signal.aborted) {
      stage.say(`\n${gone}`)
      return exitCode.failed
    }
    for (const complaint of wrong) stage.say(red(`not as promised: ${complaint}`))
    stage.say(wrong.length === 0 ? green('All as promised.') : red(`${wrong.length} not as promised.`))
    stage.say(`${gone} ${dim('Your own server next:')} sshmcp init`)
    return wrong.length === 0 ? exitCode.done : exitCode.failed
  })
}

/** The whole of it; what did not go as promised comes into `wrong`. */
async function play(
  context: CommandContext,
  world: DemoWorld,
  { stage, wrong }: { readonly stage: DemoStage; readonly wrong: string[] },
): Promise<void> {
  for (const act of acts) {
    const reply = await world.client.call(act.tool, act.args)
    const complaint = act.judge(reply)
    if (complaint !== undefined) wrong.push(`“${act.said}”: ${complaint}`)
    stage.act(act, reply, world.takeForms())
  }
  wrong.push(...(await approvedRestart(world, stage)))
  wrong.push(...(await showJournal(world, stage, context)))
}

/** What happened, as the journal has it; then whether the journal is whole. */
async function showJournal(
  world: DemoWorld,
  stage: DemoStage,
  { terminal }: CommandContext,
): Promise<readonly string[]> {
  const { bold, dim } = terminal.colors
  const reply = await world.client.call('get_audit_logs', { last_n: 16 })
  const { events } = reply.data
  stage.say(bold('What stands in the journal'))
  for (const event of Array.isArray(events) ? events : []) stage.say(`   ${entryLine(event, terminal.colors)}`)
  const places = placesOf(parseEnvironment({}), world.configDir, terminal.homeDir, terminal.cwd)
  const { report, summary } = await verifyJournal(places, 'signed')
  stage.say(`   ${dim('sshmcp audit verify:')} ${summary}`)
  stage.say()
  return report.isEnough ? [] : [`the journal: ${summary}`]
}
