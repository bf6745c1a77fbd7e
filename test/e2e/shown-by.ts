import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { repository } from '../repository.ts'

/** Fails unless `file › title` names a test that is there. */
export function expectTest(place: string): void {
  const [file = '', title = ''] = place.split(' › ')
  expect(title).not.toBe('')
  expect(readFileSync(join(repository, file), 'utf8')).toMatch(titled(title))
}

/** A title as it stands in a source, behind its quote. */
function titled(title: string): RegExp {
  const literal = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?:test|describe)(?:\\.each)?[\\s\\S]{0,2000}?['"\`]${literal}`)
}
