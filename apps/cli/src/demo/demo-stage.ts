import { printable } from '@sshmcp/kernel'
import type { ClientForm, ClientReply } from '@sshmcp/mcp/client'
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

  act({ said, tool, args, moral }: Act, reply: ClientReply, forms: readonly ClientForm[]): void {
    this.open(said)
    this.call(tool, args)
    if (forms.length > 0) this.note('asked', 'the person at the client, who agreed')
    this.reply(reply)
    this.close(moral)
  }

  open(said: string): void {
    const { bold } = this.#terminal.colors
    this.say(`${bold(`${++this.#number}.`)} ${bold(`“${said}”`)}`)
  }

  /** @param args the arguments, or what is to be said of them */
  call(tool: string, args: Readonly<Record<string, unknown>> | string): void {
    const { dim, cyan } = this.#terminal.colors
    this.say(`   ${dim('call')}  ${cyan(tool)} ${dim(typeof args === 'string' ? args : JSON.stringify(args))}`)
  }

  reply(reply: ClientReply): void {
    if (reply.isError) this.#refusal(reply)
    else this.#output(reply)
  }

  /** A form as the person at the client sees it, without what it tells about the request. */
  form({ text }: ClientForm): void {
    const { dim } = this.#terminal.colors
    const parts = text.split('\n\n').filter((part) => !part.startsWith('About the request:'))
    for (const line of parts.join('\n').split('\n')) if (line !== '') this.say(`   ${dim('│')} ${printable(line)}`)
  }

  note(what: string, text: string): void {
    const { yellow } = this.#terminal.colors
    this.say(`   ${yellow(what)}  ${text}`)
  }

  /** What the audience should notice ends an act. */
  close(moral: string): void {
    this.say(`   ${this.#terminal.colors.dim(moral)}`)
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
  const lines = text === '' ? [] : text.trimEnd().split('\n')
  if (lines.length <= mostLines) return lines
  const head = lines.slice(0, mostLines - 3)
  return [...head, `… ${lines.length - mostLines + 1} more lines …`, ...lines.slice(-2)]
}
