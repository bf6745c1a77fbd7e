import { describe, expect, test } from 'vitest'
import { hostOf, opensChannel, reachOf, type Verb } from './action.ts'
import { aHost } from './testing/index.ts'

/** Every verb; one that is missing here does not compile. */
const reaches: Record<Verb, 'host' | 'own-state' | 'nothing'> = {
  'host.facts': 'host',
  'host.exec': 'host',
  'session.open': 'host',
  'job.start': 'host',
  'file.list': 'host',
  'file.read': 'host',
  'file.write': 'host',
  'file.delete': 'host',
  'key.install': 'host',
  'key.remove': 'host',
  'key.prune': 'host',
  'cert.issue': 'own-state',
  'cert.revoke': 'own-state',
  'cert.bootstrap': 'own-state',
  'access.read': 'nothing',
  'session.close': 'own-state',
  'job.cancel': 'own-state',
  'approval.request': 'own-state',
  'approval.redeem': 'own-state',
  'approval.decide': 'own-state',
  'catalog.read': 'nothing',
  'session.read': 'nothing',
  'job.read': 'nothing',
  'audit.read': 'nothing',
  'approval.read': 'nothing',
}

function isVerb(text: string): text is Verb {
  return text in reaches
}

describe.each(Object.keys(reaches).filter(isVerb))('%s', (verb) => {
  test('reaches as far as it is said to, and counts as a channel when that is a host', () => {
    expect(reachOf(verb)).toBe(reaches[verb])
    expect(opensChannel(verb)).toBe(reaches[verb] === 'host')
  })
})

test('the host of an action is the one that it names', () => {
  const host = aHost()
  expect(hostOf({ verb: 'session.open', host })).toBe(host)
  expect(hostOf({ verb: 'catalog.read', what: 'templates', host })).toBe(host)
  expect(hostOf({ verb: 'catalog.read', what: 'templates' })).toBeUndefined()
  expect(hostOf({ verb: 'session.close', sessionId: 'ses_1' })).toBeUndefined()
})
