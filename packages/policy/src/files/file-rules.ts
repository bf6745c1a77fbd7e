import { printable } from '@sshmcp/kernel'
import { policyErrors } from '../errors.ts'
import type { TransferPolicy } from '../policy-config.ts'
import { blockedExtension } from './blocked-extension.ts'
import { admitsPath, type PathPattern, type PathUse, parsePathPattern, pathFault } from './path-pattern.ts'

/** What may be done with files on one host: the policy, narrowed by the host. */
export interface FileRules {
  /** Every wall has to admit a path: the policy's, and the host's where it has one. */
  readonly walls: readonly (readonly PathPattern[])[]
  readonly blockedExtensions: readonly string[]
  readonly maxUploadBytes: number
  readonly maxDownloadBytes: number
  readonly requireJustificationForDownload: boolean
}

/** Why a path is refused. */
export interface PathRefusal {
  readonly code: 'POLICY_PATH_FORBIDDEN' | 'POLICY_EXTENSION_BLOCKED'
  readonly reason: string
}

/** The rules of a host. What the host says only ever narrows what the policy says. */
export function fileRulesOf(policy: TransferPolicy, narrowing: Partial<TransferPolicy> = {}): FileRules {
  const walls = [policy.allowedPaths, ...(narrowing.allowedPaths === undefined ? [] : [narrowing.allowedPaths])]
  return {
    walls: walls.map((wall) => wall.map(parsePathPattern)),
    blockedExtensions: [...new Set([...policy.blockedExtensions, ...(narrowing.blockedExtensions ?? [])])],
    maxUploadBytes: Math.min(policy.maxUploadBytes, narrowing.maxUploadBytes ?? policy.maxUploadBytes),
    maxDownloadBytes: Math.min(policy.maxDownloadBytes, narrowing.maxDownloadBytes ?? policy.maxDownloadBytes),
    requireJustificationForDownload:
      policy.requireJustificationForDownload || narrowing.requireJustificationForDownload === true,
  }
}

/** Decides about a path, as it was asked for or as the host resolved it. Undefined means that it may be used. */
export function refusePath(path: string, rules: FileRules, use: PathUse): PathRefusal | undefined {
  const fault = pathFault(path, use)
  if (fault !== undefined) return forbidden(`The path ${shown(path)} ${fault}.`)
  if (!rules.walls.every((wall) => wall.some((pattern) => admitsPath(pattern, path, use))))
    return forbidden(`The path ${shown(path)} is outside the allowed paths (${wallText(rules)}).`)
  return use === 'file' ? refuseName(path.slice(path.lastIndexOf('/') + 1), rules) : undefined
}

/** Decides about a file's name alone, on either side. */
export function refuseName(name: string, rules: FileRules): PathRefusal | undefined {
  const extension = blockedExtension(name, rules.blockedExtensions)
  if (extension === undefined) return undefined
  return {
    code: 'POLICY_EXTENSION_BLOCKED',
    reason: `The name ${shown(name)} has the blocked extension "${extension}".`,
  }
}

/** As {@link refusePath}, for where a refusal ends the work. @throws POLICY_PATH_FORBIDDEN, POLICY_EXTENSION_BLOCKED */
export function requirePath(path: string, rules: FileRules, use: PathUse): void {
  throwIf(refusePath(path, rules, use))
}

/** As {@link refuseName}, for where a refusal ends the work. @throws POLICY_EXTENSION_BLOCKED */
export function requireName(name: string, rules: FileRules): void {
  throwIf(refuseName(name, rules))
}

/** Holds a file against the most bytes that may pass. @throws POLICY_FILE_TOO_LARGE when more bytes than that are on their way */
export function requireSize(bytes: number, limit: number, setting: 'max_upload_bytes' | 'max_download_bytes'): void {
  if (bytes <= limit) return
  throw policyErrors.error('POLICY_FILE_TOO_LARGE', {
    message: `The file has more than the ${limit} bytes that ${setting} allows. Nothing was kept of it.`,
  })
}

/** The folders of all patterns: what has to be resolved on the host. */
export function foldersOf(rules: FileRules): readonly string[] {
  return [...new Set(rules.walls.flatMap((wall) => wall.map(({ folder }) => folder)))]
}

/** The rules with the folders of their patterns as the host resolved them; a folder that it does not have admits nothing. */
export function resolvedRules(rules: FileRules, folders: ReadonlyMap<string, string>): FileRules {
  const resolve = (pattern: PathPattern): readonly PathPattern[] => {
    const folder = folders.get(pattern.folder)
    return folder === undefined ? [] : [{ ...pattern, folder }]
  }
  return { ...rules, walls: rules.walls.map((wall) => wall.flatMap(resolve)) }
}

function throwIf(refusal: PathRefusal | undefined): void {
  if (refusal !== undefined) throw policyErrors.error(refusal.code, { message: refusal.reason })
}

function forbidden(reason: string): PathRefusal {
  return { code: 'POLICY_PATH_FORBIDDEN', reason }
}

function shown(text: string): string {
  return JSON.stringify(printable(text.slice(0, 256)))
}

function wallText({ walls }: FileRules): string {
  const texts = walls.map((wall) => wall.slice(0, 8).map(patternText).join(', ') || 'none')
  return texts.join('; and of this host: ')
}

function patternText({ folder, names, isBelow }: PathPattern): string {
  const start = folder === '/' ? '' : folder
  const text = `${start}/${[...names, ...(isBelow ? ['*'] : [])].join('/')}`
  // The folder is as the host resolved it, which may be anything of any length.
  return text.length > 256 ? `a folder of ${text.length} characters` : printable(text)
}
