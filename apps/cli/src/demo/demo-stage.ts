import { printable } from '@sshmcp/kernel'
import type { ClientReply } from '@sshmcp/mcp/client'
import type { Terminal } from '../terminal.ts'
import type { Act } from './demo-acts.ts'

const mostLines = 8

/** Tells the demo to the audience. */
export class DemoStage {
  readonly #terminal: Terminal
  #number = 0

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  say(text = ''): void {
    this.#terminal.write(`${text}\n`)
  }

  act({ said, tool, args, moral }: Act, reply: ClientReply): void {
    const { bold, dim, cyan } = this.#terminal.colors
    this.say(`${bold(`${++this.#number}.`)} ${bold(`“${said}”`)}`)
    this.say(`   ${dim('call')}  ${cyan(tool)} ${dim(JSON.stringify(args))}`)
    if (reply.isError) this.#refusal(reply)
    else this.#output(reply)
    this.say(`   ${dim(moral)}`)
    this.say()
  }

  #output({ data }: ClientReply): void {
    const { dim, green } = this.#terminal.colors
    for (const line of shortened(String(data.stdout))) this.say(`   ${dim('│')} ${this.#highlight(printable(line))}`)
    const masked = Object.values(data.redactions ?? {}).reduce((sum: number, count) => sum + Number(count), 0)
    const secrets = masked === 0 ? '' : `, ${masked} secrets masked`
    this.say(`   ${green('done')}  exit ${String(data.exit_code)} after ${String(data.duration_ms)} ms${secrets}`)
  }

  #refusal({ data }: ClientReply): void {
    const { yellow, dim } = this.#terminal.colors
    const error = typeof data.error === 'object' && data.error !== null ? data.error : {}
    const { code = '', message = '', next = '' }: { code?: unknown; message?: unknown; next?: unknown } = error
    this.say(`   ${yellow('refused')}  ${String(code)}`)
    this.say(`   ${dim('│')} ${printable(String(message))}`)
    this.say(`   ${dim('│')} ${dim('next:')} ${printable(String(next))}`)
  }

  #highlight(line: string): string {
    return line.replace(/\[REDACTED:[^\]]*\]/g, (mark) => this.#terminal.colors.yellow(mark))
  }
}

function shortened(text: string): readonly string[] {
  const lines = text.trimEnd().split('\n')
  if (lines.length <= mostLines) return lines
  const head = lines.slice(0, mostLines - 3)
  return [...head, `… ${lines.length - mostLines + 1} more lines …`, ...lines.slice(-2)]
}
