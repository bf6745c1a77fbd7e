import { describe, expect, test } from 'vitest'
import { addTemplates } from './add-templates.ts'
import { parseTemplates } from './template-config.ts'

describe('addTemplates', () => {
  const file = { source: 'templates.json', text: '[{ "template_id": "a", "_note": "mine", "command": "df" }]' }
  const pack = { source: 'disk.json', text: '[{ "template_id": "b", "command": "df -i", "description": "x" }]' }

  test('keeps what is there, notes too, and adds the pack', () => {
    const text = addTemplates(file, pack)
    expect(JSON.parse(text)).toEqual([...JSON.parse(file.text), ...JSON.parse(pack.text)])
    expect(parseTemplates(text, 'x').map(({ templateId }) => templateId)).toEqual(['a', 'b'])
  })

  test('refuses an id that is taken', () => {
    expect(() => addTemplates(file, { ...pack, text: file.text })).toThrow(
      'disk.json: [0].template_id is already in templates.json.',
    )
  })

  test('refuses a pack that is not valid', () => {
    expect(() => addTemplates(file, { ...pack, text: '[{}]' })).toThrow('disk.json: [0].template_id is missing.')
  })
})
