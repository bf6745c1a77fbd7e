import { type CommandPlan, type Host, kernelErrors, nearest } from '@sshmcp/kernel'
import {
  addTemplates,
  type ConfigText,
  type Finding,
  lintTemplates,
  parseTemplates,
  renderTemplate,
  type Template,
  type TemplateView,
  viewTemplate,
  type Word,
} from '@sshmcp/policy'
import type { Desk } from './journal-change.ts'
import { editConfigFile, readConfigFile } from './loader/edit-file.ts'

export type { Finding, TemplateView } from '@sshmcp/policy'

/** What a template becomes with values, before anybody is asked whether it may run. */
export interface RenderedTemplate {
  readonly plan: CommandPlan
  /** Word by word; undefined where the template is a shell text, which the host's shell cuts into words. */
  readonly argv: readonly string[] | undefined
}

/** What the linter found in a file that was read. */
export interface LintedFile {
  readonly file: string
  readonly findings: readonly Finding[]
}

/** The templates as they stand in the file. @throws CONFIG_INVALID when there is no file, or it is not valid */
export function readTemplates({ places }: Pick<Desk, 'places'>): readonly TemplateView[] {
  return parsed(places.templatesFile).map(viewTemplate)
}

/** The template of that name. @throws CONFIG_INVALID, INPUT_INVALID with the nearest names */
export function templateNamed(desk: Pick<Desk, 'places'>, templateId: string): TemplateView {
  return viewTemplate(find(parsed(desk.places.templatesFile), templateId))
}

/** Looks at a file of templates as a reviewer would. @throws CONFIG_INVALID when the file cannot be read */
export function lintTemplatesFile(path: string): LintedFile {
  const { text, source } = present(path)
  return { file: source, findings: lintTemplates(text, source) }
}

/**
 * Renders a template as it would be sent to a host, without connecting to it.
 *
 * @throws CONFIG_INVALID, INPUT_INVALID, POLICY_PARAM_…
 */
export function renderFromFile(
  { places }: Pick<Desk, 'places'>,
  templateId: string,
  { params, sshUser }: { readonly params: Readonly<Record<string, string>> } & Pick<Host, 'sshUser'>,
): RenderedTemplate {
  const template = find(parsed(places.templatesFile), templateId)
  return { plan: renderTemplate(template, { sshUser }, params), argv: wordsOf(template, params, sshUser) }
}

/** Copies a pack into `templates.json`; gives the ids that came in. @throws CONFIG_INVALID when an id is taken: nothing is written then */
export function addTemplatePack({ places }: Pick<Desk, 'places'>, pack: ConfigText): readonly string[] {
  editConfigFile(places.templatesFile, (file) =>
    addTemplates(file ?? { text: '[]', source: places.templatesFile }, pack),
  )
  return parseTemplates(pack.text, pack.source).map(({ templateId }) => templateId)
}

function present(path: string): ConfigText {
  const file = readConfigFile(path)
  if (file !== undefined) return file
  throw kernelErrors.error('CONFIG_INVALID', {
    message: `${path} does not exist.`,
    next: 'Run `sshmcp init` to make templates.json, or name another file.',
  })
}

function parsed(path: string): readonly Template[] {
  const { text, source } = present(path)
  return parseTemplates(text, source)
}

function find(templates: readonly Template[], wanted: string): Template {
  const found = templates.find(({ templateId }) => templateId === wanted)
  if (found !== undefined) return found
  const candidates = nearest(
    wanted,
    templates.map(({ templateId }) => String(templateId)),
  )
  throw kernelErrors.error('INPUT_INVALID', {
    message: `There is no template ${JSON.stringify(wanted)} in templates.json.`,
    next: candidates.length === 0 ? 'See `sshmcp templates list`.' : `Did you mean ${candidates.join(' or ')}?`,
    field: 'template',
    candidates,
  })
}

function wordsOf(
  { form, params }: Template,
  given: Readonly<Record<string, string>>,
  sshUser: string,
): readonly string[] | undefined {
  if (form.kind !== 'argv') return undefined
  const values = new Map(params.map(({ name, default: standIn = '' }) => [name, given[name] || standIn]))
  const text = (word: Word): string =>
    word.map((piece) => ('text' in piece ? piece.text : (values.get(piece.param) ?? ''))).join('')
  return [
    ...(form.sudo && sshUser !== 'root' ? ['sudo', '-n', '--'] : []),
    ...(form.env.length > 0 ? ['env', ...form.env.map(({ name, value }) => `${name}=${text(value)}`)] : []),
    ...form.words.map(text),
  ]
}
