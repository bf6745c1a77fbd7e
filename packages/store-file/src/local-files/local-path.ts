import { isAbsolute, join, relative, sep } from 'node:path'
import { printable } from '@sshmcp/kernel'
import { localFileErrors } from '@sshmcp/transport'

/**
 * The names below a folder that a path asks for: it is relative to the folder, or absolute within it. Decides by spelling
 * alone; what stands there is looked at by whoever walks the names.
 *
 * @throws LOCAL_PATH_FORBIDDEN
 */
export function namesBelow(folder: string, path: string): readonly string[] {
  if (path === '' || path.includes('\0')) throw forbidden(path, 'is no path')
  const names = isAbsolute(path) ? relativeNames(folder, path) : path.split(separators)
  if (names.some((name) => name === '..' || name === '.' || name === '')) {
    throw forbidden(path, 'holds ".", ".." or an empty name, or is outside the transfer folder')
  }
  // On Windows a colon names a drive or a hidden stream of a file.
  if (process.platform === 'win32' && names.some((name) => name.includes(':'))) throw forbidden(path, 'holds a ":"')
  return names
}

const separators = process.platform === 'win32' ? /[/\\]/ : /\//

function relativeNames(folder: string, path: string): readonly string[] {
  // Not normalised first: a ".." in it must be seen.
  const [own, asked] = [folder.split(sep), path.split(separators)]
  const isInside = own.every((name, index) => name === asked[index])
  return isInside ? asked.slice(own.length) : ['..']
}

/** The path as it will be shown, and how it is asked for again. */
export function placeOf(folder: string, names: readonly string[]): string {
  return join(folder, ...names)
}

export function forbidden(path: string, why: string) {
  return localFileErrors.error('LOCAL_PATH_FORBIDDEN', {
    message: `The local path ${JSON.stringify(printable(path.slice(0, 256)))} ${why}.`,
    field: 'local_path',
  })
}

/** A path within the folder, as it may be shown. */
export function shownBelow(folder: string, path: string): string {
  return JSON.stringify(printable(relative(folder, path).slice(0, 256)))
}
