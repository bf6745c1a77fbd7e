import { findValueFault } from '../param-value.ts'
import type { Template, Word } from '../template.ts'
import type { Complaint } from './finding.ts'
import { commandsOf } from './simple-command.ts'

const secrets: readonly (readonly [string, string])[] = [
  ['/etc/shadow', 'the password hashes of the host'],
  ['/etc/sudoers', 'who may become root'],
  ['/etc/ssl/private/server.key', 'a private key'],
  ['/etc/ssh/ssh_host_ed25519_key', 'the identity of the host'],
  ['/etc/mysql/debian.cnf', 'a database password'],
  ['/root/.ssh/id_rsa', 'a private key'],
  ['/home/app/.ssh/id_ed25519', 'a private key'],
  ['/home/app/.aws/credentials', 'cloud credentials'],
  ['/home/app/.env', 'the secrets of an application'],
  ['/srv/app/.env', 'the secrets of an application'],
  ['/var/www/app/.env', 'the secrets of an application'],
  ['/opt/app/.env', 'the secrets of an application'],
  ['/proc/self/environ', 'the environment of a process'],
  ['/proc/1/environ', 'the environment of the first process'],
  ['/run/secrets/db_password', 'the secrets of a container'],
  ['/var/run/secrets/kubernetes.io/serviceaccount/token', 'a cluster token'],
  ['.ssh/id_rsa', 'a private key'],
  ['.env', 'the secrets of an application'],
]

const writable = ['/tmp/x', '/tmp/x.log', '/tmp/a', '/var/tmp/x', '/dev/shm/x', '/tmp/1', '/tmp/', '/tmp']

/** Rules about the files that a value can name. Only parameters that stand for a path are looked at. */
export function pathComplaints(template: Template): readonly Complaint[] {
  return commandsOf(template)
    .flatMap(({ words }) => words)
    .flatMap((word): readonly Complaint[] => [...secretPath(template, word), ...writablePath(template, word)])
}

function secretPath(template: Template, word: Word): readonly Complaint[] {
  const literal = secrets.find(([path]) => path === plainText(word) && !word.some((piece) => 'param' in piece))
  if (literal) {
    const [path, holding] = literal
    const cure = 'Have a program report what is needed instead of printing the file.'
    return [{ rule: 'path-secret', message: `The command reads ${path}: ${holding}.`, cure }]
  }
  for (const [path, holding] of secrets) {
    const found = reach(template, word, path)
    if (!found) continue
    return [
      {
        rule: 'path-secret',
        param: found.param,
        message: `${found.param} can name a file that holds secrets.`,
        cure: 'Begin the pattern with the folder that is meant, such as ^/var/log/[a-z0-9./-]+$, without allow_dotdot.',
        counterExample: { value: found.value, effect: `names ${path}: ${holding}` },
      },
    ]
  }
  return []
}

function writablePath(template: Template, word: Word): readonly Complaint[] {
  for (const path of writable) {
    const found = reach(template, word, path)
    if (!found) continue
    return [
      {
        rule: 'path-world-writable',
        param: found.param,
        message: `${found.param} can name a place where every account of the host may write, links included.`,
        cure: 'Begin the pattern with a folder that only its owner writes.',
        counterExample: { value: found.value, effect: `names ${path}, which somebody else may have put there` },
      },
    ]
  }
  return []
}

/** A value with which the word names the path; undefined when there is none. */
function reach(
  template: Template,
  word: Word,
  path: string,
): { readonly param: string; readonly value: string } | undefined {
  const index = word.findIndex((piece) => 'param' in piece)
  const piece = word[index]
  const param = piece && 'param' in piece ? template.params.find(({ name }) => name === piece.param) : undefined
  if (!param) return undefined
  // `--file={p}`: the path begins after the option.
  const before = plainText(word.slice(0, index)).replace(/^--?[A-Za-z-]+=/, '')
  const after = plainText(word.slice(index + 1))
  const value = waysTo(path, before)
    .filter((way) => way.endsWith(after) && way.length > after.length)
    .map((way) => way.slice(0, way.length - after.length))
    .find((way) => findValueFault(param, way) === undefined)
  // A bare word that is taken by itself is a name and no path: that it can be ".env" is a coincidence.
  return value === undefined || !`${before}${value}`.includes('/') ? undefined : { param: param.name, value }
}

/** What has to follow a literal beginning so that the whole names the path. */
function waysTo(path: string, before: string): readonly string[] {
  if (before === '') return [path]
  const below = path.startsWith(before) ? [path.slice(before.length)] : []
  return before.startsWith('/') ? [...below, `${'../'.repeat(8)}${path.slice(1)}`] : below
}

/** Other parameters in the same word stand for something short. */
function plainText(pieces: Word): string {
  return pieces.map((piece) => ('text' in piece ? piece.text : 'x')).join('')
}
