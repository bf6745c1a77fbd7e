import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Places, parseEnvironment, placesOf } from '@sshmcp/runtime'
import type { Command } from 'commander'
import templates from '../../../../config/templates.json' with { type: 'json' }
import { type AddCommand, type CommandContext, type GlobalOptions, surroundingsOf, withExample } from '../command.ts'
import { editorSnippet, vscodeConfiguration } from '../editor-snippet.ts'

interface InitOptions extends GlobalOptions {
  readonly onePerson?: boolean
  readonly twoParty?: boolean
  readonly yes?: boolean
}

/** `init`: a configuration folder to start from. Never overwrites anything. */
export const addInit: AddCommand = (program, context) => {
  const command = program
    .command('init')
    .description('make the configuration folder; never overwrites')
    .option('--one-person', 'you approve privileged operations yourself')
    .option('--two-party', 'a second person approves privileged operations')
    .option('--yes', 'ask nothing, take the defaults')
    .action(async (_options: InitOptions, self: Command) => {
      await init(context, self.optsWithGlobals<InitOptions>())
    })
  withExample(command, 'sshmcp init --one-person')
}

interface Made {
  readonly path: string
  readonly isNew: boolean
}

async function init(context: CommandContext, options: InitOptions): Promise<void> {
  const { env, cwd, homeDir, configDir } = surroundingsOf(context, options)
  const places = placesOf(parseEnvironment(env), configDir, homeDir, cwd)
  const isOnePerson = await wantsOnePerson(context, options)
  const made = makeAll(places)
  const snippet = editorSnippet({ script: context.script, configDir: places.configDir, isOnePerson })
  if (options.json === true) {
    context.terminal.write(
      `${JSON.stringify({ config_dir: places.configDir, made, one_person: isOnePerson, snippet }, null, 2)}\n`,
    )
    return
  }
  context.terminal.write(report(context, places, made, vscodeConfiguration(snippet)))
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
  if (isNew) mkdirSync(path, { recursive: true, mode: 0o700 })
  return { path, isNew }
}

function makeFile(path: string, text: string): Made {
  const isNew = !existsSync(path)
  if (isNew) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
  }
  return { path, isNew }
}

async function wantsOnePerson({ terminal }: CommandContext, options: InitOptions): Promise<boolean> {
  if (options.onePerson === true) return true
  if (options.twoParty === true || options.yes === true || !terminal.isInteractive) return false
  const answer = await terminal.ask('Will a second person approve privileged operations? [Y/n] ')
  return /^n/i.test((answer ?? '').trim())
}

function report({ terminal }: CommandContext, places: Places, made: readonly Made[], snippet: string): string {
  const { bold, dim, green } = terminal.colors
  const lines = made.map(({ path, isNew }) => (isNew ? `${green('made')}  ${path}` : `${dim('kept')}  ${path}`))
  return [
    ...lines,
    '',
    bold('Next'),
    `1. Name your first host in ${places.hostsFile}, for example`,
    '   [{ "host_id": "web-1", "hostname": "192.168.1.10", "ssh_user": "deploy", "labels": { "env": "production" } }]',
    '   and make sure that `ssh deploy@192.168.1.10` works without a password (its key has to be in ~/.ssh/known_hosts).',
    '2. Try it here: sshmcp run web-1 disk_usage',
    '3. Tell your editor. For VS Code, in .vscode/mcp.json or through "MCP: Open User Configuration":',
    '',
    snippet,
    '',
    'Then switch Copilot to Agent mode and ask: check disk usage on web-1',
    '',
  ].join('\n')
}
