import type { CommandPlan, Host } from '@sshmcp/kernel'
import { policyErrors } from './errors.ts'
import { checkValues, type ParamValue } from './param-value.ts'
import { type Piece, paramsIn } from './placeholder.ts'
import { quoteLiteral, quoteValue } from './quote.ts'
import type { Template, TemplateForm, Word } from './template.ts'

/** Well below the 131,072 bytes at which Linux refuses a single argument, which the whole line is to a login shell. */
const maxLineBytes = 100_000

type Values = ReadonlyMap<string, string>
type ArgvForm = Extract<TemplateForm, { kind: 'argv' }>

/**
 * Renders a template for a host into the exact line that will be sent. Each value becomes exactly one word, or part of
 * one, whatever it holds, in every login shell that is served.
 *
 * Decides nothing: who may run it where is the business of {@link decide}.
 *
 * @throws POLICY_PARAM_…, POLICY_LINE_TOO_LONG
 */
export function renderTemplate(
  template: Template,
  host: Pick<Host, 'sshUser'>,
  given: Readonly<Record<string, ParamValue>>,
): CommandPlan {
  const values = checkValues(template.params, given)
  const { form } = template
  const line = form.kind === 'command' ? fill(form.pieces, values, literally) : argvLine(form, values, host)
  const stdin = form.kind === 'argv' ? raw(form.stdin, values) : ''
  refuseTooLong(line, 'command line')
  refuseTooLong(stdin, 'standard input')
  return {
    templateId: template.templateId,
    risk: template.risk,
    allowedRoles: template.allowedRoles,
    line,
    stdin,
    timeoutSeconds: template.timeoutSeconds,
    needsServedShell: needsServedShell(form),
  }
}

function argvLine(form: ArgvForm, values: Values, host: Pick<Host, 'sshUser'>): string {
  const word = (pieces: Word) => argvWord(pieces, values)
  const env = form.env.map(({ name, value }) => `${name}=${value.length === 0 ? '' : word(value)}`)
  const parts = [
    ...(form.sudo && host.sshUser !== 'root' ? ['sudo', '-n', '--'] : []),
    ...(env.length > 0 ? ['env', ...env] : []),
    ...form.words.map((pieces, index) => (index === 0 ? programWord(pieces, values) : word(pieces))),
  ]
  const line = parts.join(' ')
  // An absolute path needs no "--", which not every `cd` knows.
  return form.cwd.length === 0 ? line : `cd ${word(form.cwd)} && ${line}`
}

function argvWord(pieces: Word, values: Values): string {
  return pieces.length === 0 ? "''" : fill(pieces, values, quoteLiteral)
}

/** Words that some served shell takes for syntax when they come first. */
const keywords =
  /^(?:if|then|else|elif|fi|do|done|case|esac|while|until|for|foreach|in|function|select|time|coproc|repeat|begin|end|and|or|not|switch|nocorrect|noglob)$/

function programWord(pieces: Word, values: Values): string {
  const text = raw(pieces, values)
  return keywords.test(text) ? quoteValue(text) : argvWord(pieces, values)
}

function fill(pieces: readonly Piece[], values: Values, literal: (text: string) => string): string {
  return pieces
    .map((piece) => ('text' in piece ? literal(piece.text) : quoteValue(value(values, piece.param))))
    .join('')
}

function literally(text: string): string {
  return text
}

function raw(pieces: readonly Piece[], values: Values): string {
  return pieces.map((piece) => ('text' in piece ? piece.text : value(values, piece.param))).join('')
}

/** `checkValues` gave every declared name a value, and pieces name declared parameters only. */
function value(values: Values, name: string): string {
  const found = values.get(name)
  if (found === undefined) throw new RangeError(`no value for the parameter ${name}`)
  return found
}

function refuseTooLong(text: string, what: string): void {
  // A UTF-16 unit is at most three bytes of UTF-8.
  if (text.length * 3 <= maxLineBytes) return
  const bytes = new TextEncoder().encode(text).length
  if (bytes <= maxLineBytes) return
  throw policyErrors.error('POLICY_LINE_TOO_LONG', {
    message: `The ${what} would be ${bytes} bytes long; at most ${maxLineBytes} are sent.`,
    field: 'params',
  })
}

/** Parameters, and literals that csh would read differently, need a shell whose quoting is known. */
function needsServedShell(form: TemplateForm): boolean {
  if (form.kind === 'command') return paramsIn(form.pieces).size > 0
  const line = [form.cwd, ...form.words, ...form.env.map(({ value: pieces }) => pieces)].flat()
  return line.some((piece) => 'param' in piece || /['\\!\n]/.test(piece.text))
}
