import { isSshMcpError } from '@sshmcp/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleKey } from '../test/support/sample-keys.ts'
import {
  type AuthorizedKey,
  addAuthorizedKey,
  formatPublicKeyLine,
  hasForeignLineFor,
  listAuthorizedKeys,
  pruneAuthorizedKeys,
  removeAuthorizedKey,
  renderAuthorizedKey,
} from './index.ts'

const publicKey = { ...sampleKey('ssh-ed25519').publicKey, comment: 'evil" \n comment' }
const base64 = Buffer.from(publicKey.blob).toString('base64')
const now = Date.UTC(2026, 0, 1) / 1000
const key: AuthorizedKey = { keyId: 'key_1', publicKey, expiresAt: now + 3600 }
const bytes = (text: string) => Buffer.from(text, 'latin1')

function codeOf(run: () => unknown): string {
  try {
    run()
    return 'accepted'
  } catch (error) {
    return isSshMcpError(error) ? error.code : `not coded: ${error}`
  }
}

describe('renderAuthorizedKey', () => {
  test('is restricted, ends by itself, and carries our tag and nobody else’s comment', () => {
    expect(renderAuthorizedKey(key)).toBe(
      `restrict,pty,expiry-time="20260101010000Z" ssh-ed25519 ${base64} sshmcp:id=key_1 exp=${now + 3600}`,
    )
  })

  test('takes source, command, no terminal, and the time as an old host shows it', () => {
    const line = renderAuthorizedKey({
      ...key,
      permitsTerminal: false,
      sourceAddresses: ['10.0.0.0/8', '::1'],
      forceCommand: 'echo "hi" \\" x',
      localExpiry: '20260101020000',
    })
    expect(line).toContain(
      'restrict,expiry-time="20260101020000",from="10.0.0.0/8,::1",command="echo \\"hi\\" \\\\" x" ssh-',
    )
    expect(listAuthorizedKeys(Buffer.from(line))).toHaveLength(1)
  })

  test.each<[string, Partial<AuthorizedKey>]>([
    ['a blank in the id', { keyId: 'a b' }],
    ['no id', { keyId: '' }],
    ['an expiry that is no time', { expiresAt: Number.NaN }],
    ['an expiry after the year 9999', { expiresAt: 253_402_300_800 }],
    ['a local expiry that closes the quote', { localExpiry: '2026",command="' }],
    ['a source that is a pattern', { sourceAddresses: ['*'] }],
    ['a command of two lines', { forceCommand: 'a\nb' }],
    ['a command that swallows its quote', { forceCommand: 'a\\' }],
    ['an empty command', { forceCommand: ' ' }],
  ])('refuses %s', (_name, change) => {
    expect(codeOf(() => renderAuthorizedKey({ ...key, ...change }))).toBe('KEY_ENTRY_INVALID')
  })
})

describe('editing authorized_keys', () => {
  const anyFile = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
    fc
      .array(
        fc.constantFrom(
          '',
          '# note',
          `ssh-rsa AAAA me\r`,
          '\tcommand="x" ssh-rsa AAAA',
          'sshmcp:id=a exp=1',
          '\xff\xfe',
        ),
      )
      .map((lines) => bytes(lines.join('\n'))),
  )

  test('adding and taking out again gives back every byte, whatever the file was', () => {
    fc.assert(
      fc.property(anyFile, (file) => {
        const one = addAuthorizedKey(file, key, now)
        const two = addAuthorizedKey(one.bytes, { ...key, keyId: 'key_2', forceCommand: 'écho' }, now)
        expect(listAuthorizedKeys(two.bytes).map(({ keyId }) => keyId)).toEqual(['key_1', 'key_2'])
        const firstGone = removeAuthorizedKey(two.bytes, 'key_1', now)
        expect(Buffer.from(removeAuthorizedKey(firstGone.bytes, 'key_2', now).bytes).equals(file)).toBe(true)
        const swept = pruneAuthorizedKeys(two.bytes, key.expiresAt)
        expect(Buffer.from(swept.bytes).equals(file)).toBe(true)
        expect(swept.pruned).toHaveLength(2)
      }),
      { numRuns: 1000 },
    )
  })

  test('what others add in between stays, byte for byte', () => {
    const file = Buffer.concat([addAuthorizedKey(bytes('a\n'), key, now).bytes, bytes('later\r\n')])
    expect(Buffer.from(removeAuthorizedKey(file, 'key_1', now).bytes).toString('latin1')).toBe('a\nlater\r\n')
  })

  test('every edit sweeps our expired lines, from the second on in which sshd refuses them', () => {
    const file = addAuthorizedKey(bytes(''), key, now).bytes
    const early = addAuthorizedKey(file, { ...key, keyId: 'key_2' }, key.expiresAt - 1)
    expect(early.pruned).toEqual([])
    const late = addAuthorizedKey(file, { ...key, keyId: 'key_2', expiresAt: now + 7200 }, key.expiresAt)
    expect(late.pruned.map(({ keyId }) => keyId)).toEqual(['key_1'])
    expect(removeAuthorizedKey(file, 'other', key.expiresAt)).toMatchObject({
      removed: [],
      pruned: [{ keyId: 'key_1' }],
    })
  })

  test('an id stands once; taking out what is not there changes nothing', () => {
    const file = addAuthorizedKey(bytes('x\n'), key, now).bytes
    expect(codeOf(() => addAuthorizedKey(file, key, now))).toBe('KEY_ID_TAKEN')
    expect(removeAuthorizedKey(file, 'key_9', now)).toMatchObject({ removed: [], pruned: [] })
    expect(removeAuthorizedKey(file, 'key_1', now).removed).toEqual([
      { keyId: 'key_1', expiresAt: now + 3600, publicKey: `ssh-ed25519 ${base64}` },
    ])
  })

  test.each([
    ['our tag on a line without restrict', `ssh-ed25519 ${base64} sshmcp:id=key_1 exp=1`],
    [
      'our tag on a line that allows more',
      `restrict,pty,port-forwarding,expiry-time="20200101000000Z" ssh-ed25519 ${base64} sshmcp:id=key_1 exp=1`,
    ],
    ['our tag behind other words', `${renderAuthorizedKey({ ...key, expiresAt: 1 })} and more`],
    ['our tag in a comment line', `# ${renderAuthorizedKey({ ...key, expiresAt: 1 })}`],
    ['our tag behind a key that is none', renderAuthorizedKey({ ...key, expiresAt: 1 }).replace(base64, 'AAAA')],
    ['a line end of DOS', `${renderAuthorizedKey({ ...key, expiresAt: 1 })}\r`],
  ])('%s makes nobody’s line ours', (_name, line) => {
    const file = bytes(`${line}\n`)
    expect(listAuthorizedKeys(file)).toEqual([])
    expect(Buffer.from(removeAuthorizedKey(file, 'key_1', now).bytes).equals(file)).toBe(true)
  })

  test('tells when somebody else’s line lets the same key in anyway', () => {
    const foreign = formatPublicKeyLine({ ...publicKey, comment: 'laptop' })
    expect(hasForeignLineFor(bytes(`${foreign}\n`), publicKey)).toBe(true)
    expect(hasForeignLineFor(bytes(`command="x y" ${foreign}\r\n`), publicKey)).toBe(true)
    expect(hasForeignLineFor(bytes(`# ${foreign}\n`), publicKey)).toBe(false)
    expect(hasForeignLineFor(addAuthorizedKey(bytes(''), key, now).bytes, publicKey)).toBe(false)
  })

  test('a hostile line of a megabyte costs no more than its length', () => {
    const hostile = bytes(`restrict,expiry-time="20260101000000Z",command="${'\\"'.repeat(500_000)}`)
    expect(listAuthorizedKeys(hostile)).toEqual([])
  })
})
