import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { admitsPath, parsePathPattern, pathFault } from './path-pattern.ts'

describe('allowed_paths', () => {
  test.each([
    // A trailing /* is everything below; the folder itself may be listed only.
    ['/tmp/*', '/tmp/a', true, true],
    ['/tmp/*', '/tmp/a/b/c', true, true],
    ['/tmp/*', '/tmp', false, true],
    ['/tmp/*', '/tmpfoo', false, false],
    ['/tmp/*', '/tmpfoo/a', false, false],
    ['/tmp/*', '/TMP/a', false, false],
    ['/tmp/*', '/', false, false],
    ['/*', '/anything/at/all', true, true],
    ['/*', '/', false, true],
    // Elsewhere a * stays within one name.
    ['/home/*/logs/*', '/home/ann/logs/x/y', true, true],
    ['/home/*/logs/*', '/home/ann/logs', false, true],
    ['/home/*/logs/*', '/home/ann/bob/logs/x', false, false],
    ['/home/*/logs/*', '/home/logs/x', false, false],
    ['/var/log/*.log', '/var/log/a.log', true, true],
    ['/var/log/*.log', '/var/log/sub/a.log', false, false],
    ['/var/log/*.log', '/var/log/a.log.1', false, false],
    ['/var/log/app-*-*.log', '/var/log/app-a-b.log', true, true],
    ['/var/log/app-*-*.log', '/var/log/app-.log', false, false],
    ['/var/log/a*a', '/var/log/a', false, false],
    // Without a star a pattern is one path.
    ['/etc/motd', '/etc/motd', true, true],
    ['/etc/motd', '/etc/motd/x', false, false],
    ['/etc/motd', '/etc', false, false],
    // Nothing else is special.
    ['/srv/[ab]/*', '/srv/a/x', false, false],
    ['/srv/?/*', '/srv/a/x', false, false],
  ])('%s and %s: file %s, list %s', (pattern, path, file, list) => {
    const parsed = parsePathPattern(pattern)
    expect([admitsPath(parsed, path, 'file'), admitsPath(parsed, path, 'list')]).toEqual([file, list])
  })

  test.each([
    ['/tmp/*', '/tmp'],
    ['/home/*/logs/*', '/home'],
    ['/var/log/*.log', '/var/log'],
    ['/etc/motd', '/etc'],
    ['/*', '/'],
    ['/motd', '/'],
  ])('the own folder of %s is %s', (pattern, folder) => {
    expect(parsePathPattern(pattern).folder).toBe(folder)
  })

  test('a star in a folder that the host resolved is a name, not a pattern', () => {
    const pattern = { ...parsePathPattern('/tmp/*'), folder: '/mnt/a*' }
    expect(admitsPath(pattern, '/mnt/a*/x', 'file')).toBe(true)
    expect(admitsPath(pattern, '/mnt/ab/x', 'file')).toBe(false)
  })

  const name = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !/[/*]/.test(text) && !/^\.{1,2}$/.test(text))

  test('whatever is admitted by a folder pattern begins with the folder and a slash', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), fc.array(name, { minLength: 1 }), (folder, path) => {
        const pattern = parsePathPattern(`/${folder.join('/')}/*`)
        const asked = `/${path.join('/')}`
        expect(admitsPath(pattern, asked, 'file')).toBe(asked.startsWith(`/${folder.join('/')}/`))
      }),
    )
  })

  test('time stays linear for the worst name', () => {
    const pattern = parsePathPattern(`/a/${'*a'.repeat(200)}b`)
    expect(admitsPath(pattern, `/a/${'a'.repeat(4000)}`, 'file')).toBe(false)
  })
})

describe('the spelling of a path', () => {
  test.each([
    ['', 'is not absolute'],
    ['tmp/a', 'is not absolute'],
    ['~/a', 'is not absolute'],
    ['/tmp/../etc', 'holds "." or ".."'],
    ['/tmp/..', 'holds "." or ".."'],
    ['/tmp/./a', 'holds "." or ".."'],
    ['//tmp/a', 'holds an empty name ("//" or a "/" at its end)'],
    ['/tmp//a', 'holds an empty name ("//" or a "/" at its end)'],
    ['/tmp/a/', 'holds an empty name ("//" or a "/" at its end)'],
    ['/tmp/a\0', 'holds a NUL'],
    ['/', 'is no file'],
    [`/${'a'.repeat(4096)}`, 'is longer than 4,096 characters'],
  ])('%j %s', (path, fault) => {
    expect(pathFault(path, 'file')).toBe(fault)
  })

  test.each(['/tmp/a', '/tmp/-rf', '/tmp/two words', '/tmp/line\nbreak', '/tmp/...', '/tmp/..a', '/tmp/caf\udce9'])(
    '%j is a path',
    (path) => {
      expect(pathFault(path, 'file')).toBeUndefined()
    },
  )

  test('a folder may end in one slash', () => {
    expect([pathFault('/tmp/', 'list'), pathFault('/', 'list')]).toEqual([undefined, undefined])
    expect(pathFault('/tmp//', 'list')).toBeDefined()
  })
})
