import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../policy-config.ts'
import { blockedExtension } from './blocked-extension.ts'
import { fileRulesOf, foldersOf, refusePath, requireSize, resolvedRules } from './file-rules.ts'

const { transfer } = parsePolicy(undefined)

describe('blocked extensions', () => {
  const blocked = ['.sh', '.exe', '.so', '.tar.gz']
  test.each([
    ['a.sh', '.sh'],
    ['a.SH', '.sh'],
    ['a.sh.txt', '.sh'],
    ['a.txt.sh', '.sh'],
    ['a.sh.', '.sh'],
    ['a.sh...', '.sh'],
    ['a.sh ', '.sh'],
    ['a.sh. . ', '.sh'],
    ['a. sh', '.sh'],
    ['a.sh .txt', '.sh'],
    ['a.s\u200bh', '.sh'],
    ['a.ｓｈ', '.sh'],
    ['a．sh', '.sh'],
    ['a.sh\u0000', '.sh'],
    ['a.sh:stream', '.sh'],
    ['a.sh::$DATA', '.sh'],
    ['.sh', '.sh'],
    ['libc.so.6', '.so'],
    ['a.tar.gz', '.tar.gz'],
    ['a.TAR.GZ.bak', '.tar.gz'],
    ['a.txt', undefined],
    ['sh', undefined],
    ['a.shx', undefined],
    ['a.xsh', undefined],
    ['a.tar.xz', undefined],
    ['a.gz', undefined],
    ['', undefined],
  ])('%j: %s', (name, found) => {
    expect(blockedExtension(name, blocked)).toBe(found)
  })
})

describe('rules of a host', () => {
  test('only narrow', () => {
    const rules = fileRulesOf(transfer, {
      allowedPaths: ['/tmp/in/*', '/etc/*'],
      blockedExtensions: ['.key'],
      maxUploadBytes: 1,
      maxDownloadBytes: 999_999_999,
      requireJustificationForDownload: false,
    })
    expect(rules).toMatchObject({
      maxUploadBytes: 1,
      maxDownloadBytes: transfer.maxDownloadBytes,
      requireJustificationForDownload: true,
    })
    expect(rules.blockedExtensions).toEqual([...transfer.blockedExtensions, '.key'])
    expect(refusePath('/tmp/in/a', rules, 'file')).toBeUndefined()
    expect(refusePath('/tmp/a', rules, 'file')).toMatchObject({ code: 'POLICY_PATH_FORBIDDEN' })
    expect(refusePath('/etc/a', rules, 'file')).toMatchObject({ code: 'POLICY_PATH_FORBIDDEN' })
  })

  test('whatever a host says, nothing is allowed that the policy does not allow', () => {
    const path = fc.constantFrom('/tmp/a', '/tmp/b/c', '/etc/a', '/var/log/x', '/', '/tmp', '/home/a/b')
    const pattern = fc.constantFrom('/tmp/*', '/etc/*', '/*', '/home/*/b', '/tmp/b/*')
    fc.assert(
      fc.property(path, fc.array(pattern), fc.constantFrom('list' as const, 'file' as const), (asked, paths, use) => {
        const narrowed = refusePath(asked, fileRulesOf(transfer, { allowedPaths: paths }), use)
        if (refusePath(asked, fileRulesOf(transfer), use) !== undefined) expect(narrowed).toBeDefined()
      }),
    )
  })

  test('move with the folders as the host resolved them; what it does not have admits nothing', () => {
    const rules = fileRulesOf(transfer)
    expect(foldersOf(rules)).toEqual(['/tmp', '/var/log'])
    const here = resolvedRules(rules, new Map([['/var/log', '/mnt/log']]))
    expect(refusePath('/mnt/log/a', here, 'file')).toBeUndefined()
    expect(refusePath('/var/log/a', here, 'file')).toBeDefined()
    expect(refusePath('/tmp/a', here, 'file')).toBeDefined()
  })

  test('say which paths are allowed, without letting a name reach the screen raw', () => {
    expect(refusePath('/etc/\u001b[2J', fileRulesOf(transfer), 'file')?.reason).toBe(
      'The path "/etc/\\\\u{1b}[2J" is outside the allowed paths (/tmp/*, /var/log/*).',
    )
    const lie = new Map([
      ['/tmp', '/\u001b[2J\n'],
      ['/var/log', `/${'x'.repeat(100_000)}`],
    ])
    expect(refusePath('/etc/a', resolvedRules(fileRulesOf(transfer), lie), 'file')?.reason).toBe(
      'The path "/etc/a" is outside the allowed paths (/\\u{1b}[2J\\u{a}/*, a folder of 100003 characters).',
    )
  })
})

test('a size at the limit is allowed, one byte more is not', () => {
  expect(() => requireSize(10, 10, 'max_upload_bytes')).not.toThrow()
  expect(() => requireSize(11, 10, 'max_upload_bytes')).toThrow(/10 bytes that max_upload_bytes allows/)
})
