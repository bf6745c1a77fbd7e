import { nearest, parseTemplateId, type TemplateId, templateIdPattern } from '@sshmcp/kernel'
import { type ConfigText, configError, readConfig } from './config-shape.ts'
import { withOptionEnd } from './option-end.ts'
import { findValueFault } from './param-value.ts'
import { patternCompiler } from './pattern.ts'
import { cutPlaceholders, type Piece, paramsIn } from './placeholder.ts'
import { findMisplaced } from './shell-context.ts'
import { shownArgv } from './shown-argv.ts'
import type { Template, TemplateForm, TemplateParam, Word } from './template.ts'
import { maxValueLength, type ParamInfo, type TemplateEntry, templatesShape } from './template-shape.ts'

/**
 * Reads `templates.json`. Every pattern is compiled here, once; a template that could not be rendered safely is refused
 * here and not when somebody runs it.
 *
 * @throws CONFIG_INVALID naming the source, the path and the cure
 */
export function parseTemplates(text: string, source: string): readonly Template[] {
  const file: ConfigText = { text, source }
  const entries = readConfig(file, templatesShape())
  const compile = patternCompiler()
  const templates = entries.map((entry, index) => new TemplateReader(entry, { source, index, compile }).read())
  refuseDuplicates(templates, source)
  return templates
}

function refuseDuplicates(templates: readonly Template[], source: string): void {
  const seen = new Map<TemplateId, number>()
  for (const [index, { templateId }] of templates.entries()) {
    const first = seen.get(templateId)
    if (first !== undefined) {
      throw configError(source, [index, 'template_id'], `repeats ${JSON.stringify(templateId)} of [${first}]`)
    }
    seen.set(templateId, index)
  }
}

const envName = /^[A-Za-z_][A-Za-z0-9_]*$/
const paramName = /^[A-Za-z_][A-Za-z0-9_]*$/
/** Control characters other than tab and newline have no business in a command. */
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/

/** Where an entry stands, and what it is read with. */
interface Place {
  readonly source: string
  readonly index: number
  readonly compile: ReturnType<typeof patternCompiler>
}

class TemplateReader {
  readonly #entry: TemplateEntry
  readonly #source: string
  readonly #index: number
  readonly #compile: ReturnType<typeof patternCompiler>
  readonly #declared: ReadonlySet<string>

  constructor(entry: TemplateEntry, { source, index, compile }: Place) {
    this.#entry = entry
    this.#source = source
    this.#index = index
    this.#compile = compile
    this.#declared = new Set(Object.keys(entry.allowed_params))
  }

  read(): Template {
    const entry = this.#entry
    if (!templateIdPattern.test(entry.template_id)) {
      throw this.#error(['template_id'], 'has to be letters, digits, ".", "_" and "-", without a leading dash')
    }
    const params = this.#params()
    const form = this.#form()
    this.#refuseUnused(form)
    return {
      templateId: parseTemplateId(entry.template_id),
      description: entry.description,
      params,
      allowedRoles: entry.allowed_roles,
      timeoutSeconds: entry.timeout_seconds,
      risk: entry.risk_level,
      form,
      shown: entry.command ?? shownArgv(entry),
      shownStdin: entry.stdin ?? '',
    }
  }

  #params(): readonly TemplateParam[] {
    const { allowed_params: patterns, param_info: info } = this.#entry
    for (const name of Object.keys(info)) {
      if (this.#declared.has(name)) continue
      throw this.#error(['param_info', name], 'describes a parameter that allowed_params does not declare', name)
    }
    return Object.entries(patterns).map(([name, source]) =>
      this.#param(name, source, Object.hasOwn(info, name) ? info[name] : undefined),
    )
  }

  #param(name: string, source: string, info: ParamInfo | undefined): TemplateParam {
    const path = ['allowed_params', name]
    if (!paramName.test(name)) throw this.#error(path, 'has to be a name of letters, digits and "_"')
    const pattern = this.#compile(source)
    if ('fault' in pattern) throw this.#error(path, pattern.fault)
    const param = {
      name,
      pattern,
      description: info?.description ?? '',
      example: info?.example ?? '',
      default: info === undefined || info.default === '' ? undefined : info.default,
      maxLength: info?.max_length ?? maxValueLength,
      allowLeadingDash: info?.allow_leading_dash ?? false,
      allowDotDot: info?.allow_dotdot ?? false,
    }
    const fault = param.default === undefined ? undefined : findValueFault(param, param.default)
    if (fault) throw this.#error(['param_info', name, 'default'], `is no value for the parameter: it ${fault.what}`)
    return param
  }

  #form(): TemplateForm {
    const { command, argv } = this.#entry
    if (command !== undefined && argv !== undefined) throw this.#error([], 'has both command and argv; keep one')
    if (command !== undefined) return this.#commandForm(command)
    if (argv !== undefined) return this.#argvForm(argv)
    throw this.#error([], 'has neither command nor argv; give one')
  }

  #commandForm(command: string): TemplateForm {
    for (const key of ['sudo', 'env', 'cwd', 'stdin'] as const) {
      if (this.#entry[key] !== undefined) throw this.#error([key], 'goes with argv only; write the command as argv')
    }
    const pieces = this.#cut(command, ['command'])
    const misplaced = findMisplaced(pieces)
    if (misplaced) {
      const what = 'unclosed' in misplaced ? `never closes its ${misplaced.unclosed}` : misplaced.why
      throw this.#error(
        ['command'],
        'unclosed' in misplaced ? what : `has a placeholder {${misplaced.param}} that ${what}`,
      )
    }
    return { kind: 'command', pieces }
  }

  #argvForm(argv: readonly string[]): TemplateForm {
    const { sudo = false, env = {}, cwd = '', stdin = '' } = this.#entry
    const [program = ''] = argv
    const words = argv.map((word, at) => this.#cut(word, ['argv', at]))
    if (!/^[A-Za-z0-9_./+][A-Za-z0-9_./+:@-]*$/.test(program) || paramsIn(words[0] ?? []).size > 0) {
      throw this.#error(['argv', 0], 'has to be the name or path of a program, without a parameter')
    }
    if (cwd !== '' && !cwd.startsWith('/')) throw this.#error(['cwd'], 'has to be an absolute path')
    for (const name of Object.keys(env)) {
      if (!envName.test(name)) throw this.#error(['env', name], 'is not the name of an environment variable')
    }
    return {
      kind: 'argv',
      words: withOptionEnd(words),
      sudo,
      env: Object.entries(env).map(([name, value]) => ({ name, value: this.#cut(value, ['env', name]) })),
      cwd: this.#cut(cwd, ['cwd']),
      stdin: this.#cut(stdin, ['stdin']),
    }
  }

  #cut(text: string, path: readonly PropertyKey[]): readonly Piece[] {
    if (control.test(text)) throw this.#error(path, 'holds a control character')
    return cutPlaceholders(text, this.#declared).map(({ piece }) => piece)
  }

  /** A declared name that nothing uses is nearly always a misspelt placeholder, which would be sent as it stands. */
  #refuseUnused(form: TemplateForm): void {
    const words: readonly Word[] =
      form.kind === 'command'
        ? [form.pieces]
        : [...form.words, ...form.env.map(({ value }) => value), form.cwd, form.stdin]
    const used = paramsIn(words.flat())
    for (const name of this.#declared) {
      if (!used.has(name))
        throw this.#error(['allowed_params', name], `is declared, but no {${name}} stands in it`, name)
    }
  }

  #error(path: readonly PropertyKey[], what: string, misspelt?: string) {
    const near = misspelt === undefined ? [] : nearest(misspelt, this.#writtenNames())
    const cure = near[0] === undefined || near[0] === misspelt ? undefined : `Did you mean ${JSON.stringify(near[0])}?`
    return configError(this.#source, [this.#index, ...path], what, cure)
  }

  #writtenNames(): ReadonlySet<string> {
    const { command = '', argv = [] } = this.#entry
    const written = [command, ...argv].join(' ').matchAll(/\{([A-Za-z_][A-Za-z0-9_]*)\}/g)
    return new Set([...this.#declared, ...Array.from(written, ([, name = '']) => name)])
  }
}
