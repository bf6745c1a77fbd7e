import { hostNamed, readHosts } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { exitCode } from '../exit-code.ts'
import { showTrial, type Trial, trial } from '../host-trial.ts'
import { interruptible } from '../interruptible.ts'

/** `hosts test`: a login and a harmless command, on one host or on all. */
export const addHostsTest: AddCommand = (hosts, context) => {
  const command = hosts
    .command('test [host]')
    .description('log in and run a harmless command, on one host or on all')
    .action(async (host: string | undefined, _options: GlobalOptions, self: Command) => {
      context.exit(await test(context, host, self.optsWithGlobals<GlobalOptions>()))
    })
  withExample(command, 'sshmcp hosts test web-1')
}

async function test(context: CommandContext, hostId: string | undefined, options: GlobalOptions): Promise<number> {
  const desk = deskOf(context, options)
  const all = readHosts(desk)
  const wanted = hostId === undefined ? all : [hostNamed(all, hostId)]
  if (wanted.length === 0) context.terminal.complain('There is no host to test. Add one: sshmcp hosts add USER@HOST\n')
  const trials: Trial[] = []
  await interruptible(context.terminal, async (signal) => {
    for (const host of wanted) {
      const found = await trial(context, desk, host, signal)
      trials.push(found)
      if (options.json !== true) showTrial(context, found)
    }
  })
  if (options.json === true) writeJson(context, { hosts: trials })
  return trials.every(({ ok }) => ok) ? exitCode.done : exitCode.failed
}
