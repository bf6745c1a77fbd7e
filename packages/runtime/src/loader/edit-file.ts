import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ConfigText } from '@sshmcp/policy'
import { replaceDurably } from '@sshmcp/store-file'
import { ConfigFiles } from './config-files.ts'

/**
 * Replaces a configuration file by what `edit` makes of it: as a whole, 0600, durable. What a link points to is replaced,
 * not the link.
 *
 * @param edit gets undefined when there is no such file; what it throws leaves the file as it was
 * @throws CONFIG_INVALID when others could have written the file
 */
export function editConfigFile(path: string, edit: (file: ConfigText | undefined) => string): void {
  const file = new ConfigFiles().optional(path)
  const text = edit(file)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  replaceDurably(existsSync(path) ? realpathSync(path) : path, text)
}

/** The text of a configuration file; undefined when there is none. @throws CONFIG_INVALID when others could have written it */
export function readConfigFile(path: string): ConfigText | undefined {
  return new ConfigFiles().optional(path)
}
