import * as z from 'zod'
import { type ConfigText, configError, readConfig } from './config-shape.ts'
import { parseTemplates } from './template-config.ts'

/**
 * Adds the templates of a pack to a templates file and gives the new text. Entries keep their notes and the order of
 * their keys; the text is laid out anew.
 *
 * @throws CONFIG_INVALID when either text is not valid, or an id of the pack is taken
 */
export function addTemplates(file: ConfigText, pack: ConfigText): string {
  const taken = new Set(parseTemplates(file.text, file.source).map(({ templateId }) => templateId))
  for (const [index, { templateId }] of parseTemplates(pack.text, pack.source).entries()) {
    if (!taken.has(templateId)) continue
    const cure = `Remove ${JSON.stringify(templateId)} from ${file.source} first, or leave the pack out.`
    throw configError(pack.source, [index, 'template_id'], `is already in ${file.source}`, cure)
  }
  const entries = [file, pack].flatMap((text) => readConfig(text, z.array(z.unknown())))
  return `${JSON.stringify(entries, null, 2)}\n`
}
