import sshConfig, { type Directive, type Line } from 'ssh-config'

/** One file of an OpenSSH client configuration. */
export interface SshConfigFile {
  /** As a person would name it. */
  readonly path: string
  readonly text: string
}

/** One directive with what has to match for it to count. */
interface Rule {
  /** `Host` lines around it, all of which must match: an Include inside a Host block is one more. */
  readonly conditions: readonly (readonly string[])[]
  /** In lower case. */
  readonly name: string
  readonly value: string
}

/** A configuration with its includes put in, in the order in which OpenSSH reads it. */
export interface FlatConfig {
  /** Names that `Host` lines spell out, in order, each once. */
  readonly aliases: readonly string[]
  readonly rules: readonly Rule[]
}

/** What counts for one host: OpenSSH takes the first value it meets. */
export interface Settings {
  first(name: string): string | undefined
  /** Of the directives that add up, such as IdentityFile. */
  all(name: string): readonly string[]
}

/** As OpenSSH (READCONF_MAX_DEPTH). */
const mostDepth = 16

/** Puts the includes in. `Match` blocks are left out and said: they depend on more than the name, and may run programs. */
export function flatten(
  file: SshConfigFile,
  include: (pattern: string) => readonly SshConfigFile[],
  remark: (message: string) => void,
): FlatConfig {
  const aliases = new Set<string>()
  const rules: Rule[] = []
  const walk = (lines: readonly Line[], path: string, conditions: Rule['conditions'], depth: number): void => {
    for (const line of lines) {
      if (!('param' in line)) continue
      const name = line.param.toLowerCase()
      if (name === 'match') remark(`${path}: a Match block was left out (Match ${wordsOf(line).join(' ')}).`)
      else if (name === 'host' && 'config' in line) {
        const patterns = wordsOf(line)
        for (const pattern of patterns) if (!/[*?!]/.test(pattern)) aliases.add(pattern)
        walk(line.config, path, [...conditions, patterns], depth)
      } else if (name === 'include') {
        for (const pattern of wordsOf(line)) for (const inner of include(pattern)) read(inner, conditions, depth + 1)
      } else rules.push({ conditions, name, value: wordsOf(line).join(' ') })
    }
  }
  const read = (from: SshConfigFile, conditions: Rule['conditions'], depth: number): void => {
    if (depth > mostDepth) {
      remark(`${from.path}: Include goes deeper than ${mostDepth} files.`)
      return
    }
    try {
      walk(sshConfig.parse(from.text), from.path, conditions, depth)
    } catch {
      remark(`${from.path}: the file cannot be read as an OpenSSH configuration.`)
    }
  }
  read(file, [], 0)
  return { aliases: [...aliases], rules }
}

/** What counts for a name. */
export function settingsFor(alias: string, { rules }: FlatConfig): Settings {
  const own = rules.filter(({ conditions }) => conditions.every((patterns) => matches(patterns, alias)))
  return {
    first: (name) => own.find((rule) => rule.name === name)?.value,
    all: (name) => own.filter((rule) => rule.name === name).map(({ value }) => value),
  }
}

function wordsOf({ value }: Directive): readonly string[] {
  return typeof value === 'string' ? [value] : value.map(({ val }) => val)
}

function matches(patterns: readonly string[], alias: string): boolean {
  if (patterns.some((pattern) => pattern.startsWith('!') && glob(pattern.slice(1)).test(alias))) return false
  return patterns.some((pattern) => !pattern.startsWith('!') && glob(pattern).test(alias))
}

function glob(pattern: string): RegExp {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')
  return new RegExp(`^${source.replaceAll('?', '.')}$`)
}
