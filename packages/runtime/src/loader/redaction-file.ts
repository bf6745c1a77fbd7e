import { kernelErrors } from '@sshmcp/kernel'
import { type ConfigText, readConfig } from '@sshmcp/policy'
import { createRedactor, parseRules, RedactError, type Redactor, type RuleFile } from '@sshmcp/redact'
import * as z from 'zod'
import type { Places } from '../config.ts'
import { ConfigFiles } from './config-files.ts'

/**
 * Reads `redaction.json`: own rules, each checked to take linear time, and texts that are never masked. Without the
 * file there are none of either.
 *
 * @throws CONFIG_INVALID naming file, path and cure
 */
export function readRedaction(file: ConfigText | undefined): RuleFile {
  if (file === undefined) return { rules: [], allow: [] }
  const content = readConfig(file, z.unknown())
  try {
    return parseRules(content)
  } catch (error) {
    if (!(error instanceof RedactError)) throw error
    const { message, next, field } = error
    throw kernelErrors.error('CONFIG_INVALID', {
      message: `${file.source}: ${message}.`,
      next,
      ...(field === undefined ? {} : { field }),
      cause: error,
    })
  }
}

/**
 * The redactor of this installation for a command that starts no server: the shipped rules and those of
 * `redaction.json`.
 *
 * @throws CONFIG_INVALID naming file, path and cure
 */
export function openRedactor({ redactionFile }: Pick<Places, 'redactionFile'>): Redactor {
  return createRedactor(readRedaction(new ConfigFiles().optional(redactionFile)))
}
