import { isFree } from '../option-end.ts'
import { findValueFault } from '../param-value.ts'
import type { Template, TemplateParam, Word } from '../template.ts'
import type { Complaint } from './finding.ts'
import { riskComplaints } from './risk-rules.ts'
import { commandsOf, type SimpleCommand, wordText } from './simple-command.ts'

/** Rules about what a value does in the command it goes into. */
export function commandComplaints(template: Template): readonly Complaint[] {
  return commandsOf(template).flatMap((command) => [
    ...programParameter(command),
    ...codeParameters(template, command),
    ...optionInjections(template, command),
    ...sudoFreeWords(template, command),
    ...riskComplaints(template, command),
  ])
}

function programParameter({ program, words }: SimpleCommand): readonly Complaint[] {
  if (program !== '') return []
  return [
    {
      rule: 'program-parameter',
      message: `A value chooses the program that gets ${words.map(wordText).join(' ') || 'no arguments'}.`,
      cure: 'Write one template per program, with its name as a literal.',
      counterExample: { value: 'reboot', effect: 'runs reboot, if the pattern lets it through' },
    },
  ]
}

/** Programs that take one of their arguments for code, and after which literal it stands; '' means any free word. */
const interpreters: Readonly<Record<string, readonly string[]>> = {
  ash: ['-c'],
  awk: [''],
  bash: ['-c'],
  dash: ['-c'],
  eval: [''],
  find: ['-exec', '-execdir', '-ok', '-okdir'],
  fish: ['-c'],
  gawk: [''],
  ksh: ['-c'],
  mawk: [''],
  mksh: ['-c'],
  mysql: ['-e', '--execute'],
  node: ['-e', '-p'],
  parallel: [''],
  perl: ['-e', '-E', '-ne', '-pe'],
  php: ['-r'],
  psql: ['-c', '--command'],
  python: ['-c'],
  python3: ['-c'],
  ruby: ['-e'],
  sed: ['', '-e'],
  sh: ['-c'],
  source: [''],
  sqlite3: [''],
  ssh: [''],
  su: ['-c'],
  watch: [''],
  xargs: [''],
  zsh: ['-c'],
  '.': [''],
}

const codeProbes = ['reboot', 'id', 'a', '1', 'system("reboot")', 'e reboot']

function codeParameters(template: Template, { program, words }: SimpleCommand): readonly Complaint[] {
  const markers = Object.hasOwn(interpreters, program) ? (interpreters[program] ?? []) : []
  return words.flatMap((word, index): readonly Complaint[] => {
    const before = index === 0 ? undefined : wordText(words[index - 1] ?? [])
    const isCode = markers.some((marker) => (marker === '' ? isFirstFree(words, index) : before === marker))
    const param = isCode ? paramOf(template, word) : undefined
    if (!param) return []
    const value = codeProbes.find((probe) => takes(param, probe))
    return [
      {
        rule: 'code-parameter',
        param: param.name,
        message: `${program} takes the value of ${param.name} for code.`,
        cure: 'Keep the code a literal and hand the value over as data: an argument, env or stdin.',
        ...(value && { counterExample: { value, effect: `is run by ${program}` } }),
      },
    ]
  })
}

function isFirstFree(words: readonly Word[], index: number): boolean {
  return words.findIndex(hasParam) === index && words.slice(0, index).every((word) => wordText(word).startsWith('-'))
}

const dashProbes = ['--help', '--version', '-rf', '-x', '-a', '-1', '--all', '-', '--output=/etc/passwd']

function optionInjections(template: Template, { program, words }: SimpleCommand): readonly Complaint[] {
  const end = words.findIndex((word) => wordText(word) === '--')
  const exposed = end < 0 ? words : words.slice(0, end)
  return exposed.flatMap((word, index): readonly Complaint[] => {
    const param = paramOf(template, word)
    const before = wordText(exposed[index - 1] ?? [])
    if (!param || /^[<>]/.test(before)) return []
    if (!isFree(word)) return dashedLetters(word, param, program)
    const value = dashProbes.find((probe) => param.pattern.covers(probe))
    if (value === undefined) return []
    const isRefused = !takes(param, value)
    return [
      {
        rule: 'option-injection',
        param: param.name,
        ...(isRefused && { severity: 'note' as const }),
        message: `The pattern of ${param.name} takes values that ${program || 'the program'} reads as options.`,
        cure: 'Let the pattern begin with a class that has no dash, such as ^[A-Za-z0-9_/], or put "--" before the word.',
        counterExample: {
          value,
          effect: isRefused ? 'passes the pattern; only the rule on leading dashes stops it' : 'is taken for an option',
        },
      },
    ]
  })
}

/** `-{flags}`: the value picks options letter by letter. */
function dashedLetters(word: Word, param: TemplateParam, program: string): readonly Complaint[] {
  const [first] = word
  if (!first || !('text' in first) || !/^--?$/.test(first.text)) return []
  const value = ['x', 'rf', 'help', 'exec=reboot', 'o', '1'].find((probe) => takes(param, probe))
  if (value === undefined) return []
  return [
    {
      rule: 'option-injection',
      param: param.name,
      message: `${param.name} chooses an option of ${program}.`,
      cure: 'List the options that are meant: ^(?:a|l|al)$.',
      counterExample: { value, effect: `makes it the option ${first.text}${value}` },
    },
  ]
}

const rootProbes = ['/etc/shadow', '/root/.ssh/id_rsa', 'x/y', './x', '-x', 'a b', '*', '/', 'a;b']

function sudoFreeWords(template: Template, { sudo, program, words }: SimpleCommand): readonly Complaint[] {
  if (!sudo) return []
  return words.flatMap((word): readonly Complaint[] => {
    const param = isFree(word) ? paramOf(template, word) : undefined
    const value = param && rootProbes.find((probe) => takes(param, probe))
    if (!param || value === undefined) return []
    return [
      {
        rule: 'sudo-free-word',
        param: param.name,
        message: `${param.name} is free in a command that runs as root.`,
        cure: 'Fix the folder in the pattern, or list the values that are meant.',
        counterExample: { value, effect: `is handed to ${program} as root` },
      },
    ]
  })
}

function takes(param: TemplateParam, value: string): boolean {
  return findValueFault(param, value) === undefined
}

function hasParam(word: Word): boolean {
  return word.some((piece) => 'param' in piece)
}

function paramOf(template: Template, word: Word): TemplateParam | undefined {
  const name = word.flatMap((piece) => ('param' in piece ? [piece.param] : []))[0]
  return template.params.find((param) => param.name === name)
}
