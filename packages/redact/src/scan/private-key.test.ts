import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createRedactor } from '../index.ts'

const redactor = createRedactor()

const keys: Readonly<Record<string, string>> = {
  'an RSA key': generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey.trim(),
  'an Ed25519 key': generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey.trim(),
}

const eachLine =
  (change: (line: string, index: number) => string) =>
  (pem: string): string =>
    pem.split('\n').map(change).join('\n')
const joined =
  (mark: string) =>
  (pem: string): string =>
    pem.replaceAll('\n', mark)
const wrapped = (text: string, width: number): string => (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n')

/** What editors, shells, logs and formats make of a key. */
const dresses: Readonly<Record<string, (pem: string) => string>> = {
  'as it is': (pem) => pem,
  indented: eachLine((line) => `    ${line}`),
  'in YAML': (pem) => `key: |\n${eachLine((line) => `  ${line}`)(pem)}\nnext: 1`,
  'in JSON': (pem) => JSON.stringify({ key: pem }),
  'in JSON in JSON': (pem) => JSON.stringify(JSON.stringify({ key: pem })),
  'on one line': joined(' '),
  'with \\n': (pem) => `KEY="${joined('\\n')(pem)}"`,
  'with \\u000a': joined('\\u000a'),
  'with <br>': (pem) => `<pre>${joined('<br>')(pem)}</pre>`,
  'with &#10;': joined('&#10;'),
  'with #012 of syslog': joined('#012'),
  'URL-encoded': (pem) => `key=${encodeURIComponent(pem)}`,
  'a list of strings': (pem) => JSON.stringify(pem.split('\n')),
  'joined by +': eachLine((line) => `'${line}\\n' +`),
  'cat -n': eachLine((line, index) => `${String(index + 1).padStart(6)}\t${line}`),
  'cat -A': eachLine((line) => `${line}$`),
  'grep -n': eachLine((line, index) => `id_rsa:${index + 1}:${line}`),
  'a diff': eachLine((line) => `-${line}`),
  'a quotation': eachLine((line) => `> ${line}`),
  'a table': eachLine((line) => `| ${line.padEnd(70)} |`),
  'a log': eachLine((line, index) => `Nov 02 10:00:0${index % 10} h app[1]: ${line}`),
  'a log in JSON': eachLine((line, index) => JSON.stringify({ at: 1_700_000_000 + index, message: line })),
  'lines of Windows': joined('\r\n'),
  narrower: (pem) =>
    pem
      .split('\n')
      .flatMap((line) => wrapped(line, 40).split('\n'))
      .join('\n'),
  'base64 once more': btoa,
  'base64 once more, wrapped': (pem) => wrapped(btoa(pem), 76),
}

/** What would be left of the key: twenty characters of its body anywhere. */
const leaks = (out: string, body: string): boolean =>
  Array.from({ length: Math.floor((body.length - 20) / 5) }, (_, index) => body.slice(index * 5, index * 5 + 20)).some(
    (part) => out.includes(part) || out.includes(encodeURIComponent(part)),
  )

describe.each(Object.entries(keys))('%s', (_, pem) => {
  test.each(Object.entries(dresses))('%s', (name, dress) => {
    const text = dress(pem)
    const body = name.startsWith('base64') ? btoa(pem).slice(64) : pem.split('\n').slice(1, -1).join('')
    const out = redactor.redact(text).text
    expect(leaks(text.replaceAll('\n', '') + text, body)).toBe(true)
    expect(leaks(out, body)).toBe(false)
  })
})

test.each([
  [40, 24],
  [32, 32],
  [30, 30],
])('a narrow key is followed through lines without a digit: %i and %i wide', (first, second) => {
  // No key, but shaped like one of which chance made no digit; the letters repeat after more than two thousand.
  const letter = (at: number): string => String.fromCharCode(((at * at * 7 + at * 3) % 26) + (at % 3 === 0 ? 65 : 97))
  const body = Array.from({ length: 20 }, (_, row) =>
    [first, second].map((width, half) =>
      Array.from({ length: width }, (_, at) => letter(row * 64 + half * 40 + at)).join(''),
    ),
  ).flat()
  const out = redactor.redact(
    ['-----BEGIN RSA PRIVATE KEY-----', `MII${body[0]?.slice(0, 13)}0`, ...body].join('\n'),
  ).text
  expect(body.filter((line) => out.includes(line))).toEqual([])
})

test('what people write behind a key that was cut stays', () => {
  const cut = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEpAIBAAKCAQEAxu9zS5q7k3V1c2dF4hJ6kL8mN0pQ', 'rS2tU4vW6x']
  const after = [
    '/opt/applications/Current/bin',
    'remember to renew the Certificate',
    'alice@bastion:~$ cat /etc/hosts',
  ]
  expect(
    redactor
      .redact([...cut, ...after].join('\n'))
      .text.split('\n')
      .slice(3),
  ).toEqual(after)
})

test('a certificate in base64 once more stays', () => {
  const text = btoa(`-----BEGIN CERTIFICATE-----\n${btoa('not a key'.repeat(20))}\n-----END CERTIFICATE-----\n`)
  expect(redactor.redact(text).text).toBe(text)
})
