import { parseHostId, parseTemplateId } from '@sshmcp/kernel'
import { aHost } from '@sshmcp/kernel/testing'
import { describe, expect, test } from 'vitest'
import { checkReferences } from './check-references.ts'
import { aTemplate } from './testing/index.ts'

describe('checkReferences', () => {
  const narrowed = (...ids: readonly string[]) => aHost({ allowedTemplates: new Set(ids.map(parseTemplateId)) })
  test('lets what exists be', () => {
    const other = aHost({ hostId: parseHostId('b') })
    expect(() => checkReferences([other, narrowed('disk_usage')], [aTemplate()], 'hosts.json')).not.toThrow()
  })

  test('refuses what does not exist, with the near name', () => {
    expect(() => checkReferences([aHost(), narrowed('disk_usage', 'disk_usag')], [aTemplate()], 'hosts.json')).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: 'hosts.json: [1].allowed_templates[1] names no template_id.',
        next: 'Did you mean "disk_usage"?',
      }),
    )
  })
})
