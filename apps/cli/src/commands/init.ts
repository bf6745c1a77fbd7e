import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { kernelErrors, shellWord } from '@sshmcp/kernel'
import { journalChange, type Places } from '@sshmcp/runtime'
import type { Command } from 'commander'
import templates from '../../../../config/templates.json' with { type: 'json' }
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { editorConfiguration, editorSnippet } from '../editor-snippet.ts'
import { importHosts } from './hosts-import.ts'

interface InitOptions extends GlobalOptions {
  readonly fromSshConfig?: boolean
  readonly onePerson?: boolean
  readonly twoParty?: boolean
  readonly yes?: boolean
}

/** `init`: a configuration folder to start from. Never overwrites anything. */
export const addInit: AddCommand = (program, context) => {
  const command = program
    .command('init')
    .description('make the configuration folder with a first set of templates; never overwrites')
    .option('--from-ssh-config', 'begin with the hosts of ~/.ssh/config')
    .option('--one-person', 'you approve privileged operations yourself')
    .option('--two-party', 'a second person approves privileged operations')
    .option('--yes', 'ask nothing, take the defaults')
    .action(async (_options: InitOptions, self: Command) => {
      await init(context, self.optsWithGlobals<InitOptions>())
    })
  withExample(command, 'sshmcp init --one-person', 'sshmcp init --from-ssh-config --two-party')
}

interface Made {
  readonly path: string
  readonly isNew: boolean
}

async function init(context: CommandContext, options: InitOptions): Promise<void> {
  const desk = deskOf(context, options)
  const { places } = desk
  const isOnePerson = await wantsOnePerson(context, options)
  const made = makeAll(places)
  const fresh = made.filter(({ isNew }) => isNew).map(({ path }) => path)
  if (fresh.length > 0) await journalChange(desk, { command: 'init', detail: { made: fresh } }, () => {})
  // Told on stderr: with --json the one document is the one below.
  if (options.fromSshConfig === true) await importHosts(onStderr(context), { ...options, json: false })
  const snippet = editorSnippet({
    script: context.script,
    configDir: places.configDir,
    isOnePerson,
    agentSocket: desk.settings.agentSocket,
  })
  if (options.json === true) {
    writeJson(context, { config_dir: places.configDir, made, one_person: isOnePerson, snippet })
    return
  }
  context.terminal.write(
    report(context, made, editorConfiguration({ key: 'servers' }, snippet), { ...options, isOnePerson }),
  )
}

function onStderr(context: CommandContext): CommandContext {
  const { terminal } = context
  return { ...context, terminal: { ...terminal, write: terminal.complain } }
}

function makeAll(places: Places): readonly Made[] {
  const folders = [
    places.configDir,
    places.auditLogDir,
    places.certDataDir,
    places.approvalDataDir,
    places.transferDir,
    places.keysDir,
  ]
  return [
    ...folders.map(makeFolder),
    makeFile(places.hostsFile, '[]\n'),
    makeFile(places.templatesFile, `${JSON.stringify(templates, null, 2)}\n`),
  ]
}

function makeFolder(path: string): Made {
  const isNew = !existsSync(path)
  if (isNew) making(path, () => mkdirSync(path, { recursive: true, mode: 0o700 }))
  return { path, isNew }
}

function makeFile(path: string, text: string): Made {
  const isNew = !existsSync(path)
  if (isNew) {
    making(path, () => {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
    })
  }
  return { path, isNew }
}

/** @throws CONFIG_INVALID when the disk refuses */
function making(path: string, work: () => void): void {
  try {
    work()
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'refused'
    throw kernelErrors.error('CONFIG_INVALID', {
      message: `${path} cannot be made (${why}).`,
      next: 'Name a folder that this account can write, with --config-dir or SSH_MCP_CONFIG_DIR.',
      cause,
    })
  }
}

async function wantsOnePerson({ terminal }: CommandContext, options: InitOptions): Promise<boolean> {
  if (options.onePerson === true) return true
  if (options.twoParty === true || options.yes === true || !terminal.isInteractive) return false
  const answer = await terminal.ask('Will a second person approve privileged operations? [Y/n] ')
  return /^n/i.test((answer ?? '').trim())
}

function report(
  { terminal }: CommandContext,
  made: readonly Made[],
  snippet: string,
  { isOnePerson, configDir }: { readonly isOnePerson: boolean; readonly configDir?: string },
): string {
  // The next commands have to find the folder too; one of the environment they find by themselves.
  const sshmcp = configDir === undefined ? 'sshmcp' : `sshmcp --config-dir ${shellWord(configDir)}`
  const onePerson = isOnePerson ? ' --one-person' : ''
  const { bold, dim, green } = terminal.colors
  const lines = made.map(({ path, isNew }) => (isNew ? `${green('made')}  ${path}` : `${dim('kept')}  ${path}`))
  return [
    ...lines,
    '',
    bold('Next'),
    `1. Add your first host, one that \`ssh\` reaches without a password: ${sshmcp} hosts add deploy@192.168.1.10 --id web-1`,
    `2. See that all is well: ${sshmcp} doctor. Try it here: ${sshmcp} run web-1 disk_usage`,
    `3. Tell your editor: ${sshmcp} mcp-config vscode${onePerson} --write (or claude, cursor). It writes this, for VS Code:`,
    '',
    snippet,
    '',
    'Then switch Copilot to Agent mode and ask: check disk usage on web-1',
    '',
  ].join('\n')
}
