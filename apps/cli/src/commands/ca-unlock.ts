import { kernelErrors } from '@sshmcp/kernel'
import { unlockCa } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { caPassphrase } from '../ca-passphrase.ts'
import { type AddCommand, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { interruptible } from '../interruptible.ts'

interface UnlockOptions extends GlobalOptions {
  readonly for: string
}

const unitSeconds: Readonly<Record<string, number>> = { m: 60, h: 3600 }
const mostSeconds = 24 * 3600

/** `ca unlock`: the CA key into the ssh-agent, for some hours. */
export const addCaUnlock: AddCommand = (ca, context) => {
  const command = ca
    .command('unlock')
    .description('load the CA key into the ssh-agent, which forgets it after a while')
    .option('--for <time>', 'such as 30m or 8h, at most 24h', '8h')
    .action(async (_options: UnlockOptions, self: Command) => {
      const options = self.optsWithGlobals<UnlockOptions>()
      const seconds = secondsOf(options.for)
      const { terminal } = context
      const desk = deskOf(context, options)
      const { fingerprint } = await interruptible(terminal, (signal) => {
        const askPassphrase = () => caPassphrase(terminal, desk, { isNew: false, signal })
        return unlockCa(desk, { askPassphrase, seconds }, signal)
      })
      if (options.json === true) writeJson(context, { fingerprint, seconds })
      else terminal.write(`The ssh-agent holds the CA key ${fingerprint} for ${options.for}.\n`)
    })
  withExample(command, 'sshmcp ca unlock --for 8h')
}

function secondsOf(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,4})([mh])$/.exec(text) ?? []
  const seconds = Number(count) * (unitSeconds[unit] ?? 0)
  if (seconds >= 60 && seconds <= mostSeconds) return seconds
  throw kernelErrors.error('INPUT_INVALID', {
    message: `--for ${JSON.stringify(text)} is no time between 1m and 24h.`,
    next: 'Write minutes or hours, such as 30m or 8h.',
    field: '--for',
  })
}
