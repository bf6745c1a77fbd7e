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

/** Values that climb out of a fixed folder, for parameters that may hold "..". */
const climbs = ['../'.repeat(6), '/..'.repeat(6).slice(1).concat('/')]

/** Rules about the files that a value can name. Only parameters that stand for a path are looked at. */
export function pathComplaints(template: Template): readonly Complaint[] {
  return commandsOf(template)
    .flatMap(({ words }) => words)
    .flatMap((word): readonly Complaint[] => [...secretPath(template, word), ...writablePath(template, word)])
}

function secretPath(template: Template, word: Word): readonly Complaint[] {
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
  if (!piece || !('param' in piece)) return undefined
  const param = template.params.find(({ name }) => name === piece.param)
  if (!param) return undefined
  const text = (pieces: Word) => pieces.map((part) => ('text' in part ? part.text : 'x')).join('')
  const [before, after] = [text(word.slice(0, index)).replace(/^--?[a-z-]+=/, ''), text(word.slice(index + 1))]
  const candidates =
    before === '' || !before.includes('/')
      ? before === ''
        ? [path]
        : []
      : [
          path.startsWith(before) ? path.slice(before.length) : undefined,
          ...climbs.map((climb) => climb + path.slice(1)),
        ]
  const value = candidates
    .filter((candidate) => candidate !== undefined)
    .map((candidate) => (after !== '' && candidate.endsWith(after) ? candidate.slice(0, -after.length) : candidate))
    .find(
      (candidate) =>
        candidate !== '' && (after === '' || path.endsWith(after)) && findValueFault(param, candidate) === undefined,
    )
  // A pattern that also takes a bare word is a name, not a path: ".env" for it is a coincidence.
  return value === undefined || (!value.includes('/') && before === '') ? undefined : { param: param.name, value }
}
