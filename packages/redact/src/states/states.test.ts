import { describe, expect, test } from 'vitest'
import { createRedactor } from '../index.ts'
import { expandSpecimen } from '../testing/index.ts'

const redactor = createRedactor()
const word = expandSpecimen('<w20>k1')
const body = expandSpecimen('<B64>')

/** For each state two texts in which `{}` is masked because of a line before it or after it, and two in which it stays. */
const states: Readonly<Record<string, { masks: readonly [string, string]; leaves: readonly [string, string] }>> = {
  'a block under a name': {
    masks: ['password: |\n  {}\nnext: 1\n', 'db:\n  secret: >-\n    one\n    {}\n'],
    leaves: ['password: |\n  a b\nnote: {}\n', 'notes: |\n  {}\n'],
  },
  'the line after an announcement': {
    masks: ['Your new password is:\n{}\n', 'password:\n\n{}\n'],
    leaves: ['Your new host is:\n{}\n', 'password:\none two three\n{}\n'],
  },
  'the line after a command': {
    masks: ['$ pass show web/db\n{}\n', '$ vault print token\n{}\n'],
    leaves: ['$ ls web/db\n{}\n', '$ pass show web/db\nnot in the store, sorry\n\n\n{}\n'],
  },
  'a value beside its name': {
    masks: ['- name: DB_PASSWORD\n  value: {}\n', '"Key": "api_token",\n"Value": "{}"\n'],
    leaves: ['- name: DB_HOST\n  value: {}\n', '- name: DB_PASSWORD\n\n  value: {}\n'],
  },
  'a private key': {
    masks: [`-----BEGIN RSA PRIVATE KEY-----\n${body}\n{body}\n`, '1 -----BEGIN PRIVATE KEY-----\n2 {body}\n'],
    leaves: [`-----BEGIN CERTIFICATE-----\n${body}\n{body}\n`, '-----BEGIN PRIVATE KEY-----\nhello there\n{body}\n'],
  },
  'the end of a private key': {
    masks: ['{body}\n-----END RSA PRIVATE KEY-----\n', `{body}\n${body}\nab==\n-----END PRIVATE KEY-----\n`],
    leaves: ['{body}\n-----END CERTIFICATE-----\n', '{body}\nwords between\n-----END RSA PRIVATE KEY-----\n'],
  },
  'the lines of a PuTTY key': {
    masks: ['Private-Lines: 1\n{body}\n', `Private-Lines: 2\n${body}\n{body}\n`],
    leaves: ['Public-Lines: 1\n{body}\n', `Private-Lines: 1\n${body}\n{body}\n`],
  },
  'the rows of a printed table': {
    masks: [' id | password \n----+----------\n  1 | {}\n', 'USER  PASSWORD\nbob   {}\n'],
    leaves: [' id | password \n  1 | {}\n', 'USER  PASSWORD\n\nbob   {}\n'],
  },
  'the rows of CSV and of batches': {
    masks: ['name,password\nbob,{}\n', 'id\tname\tapi_key\n1\tbob\t{}\n'],
    leaves: ['name,city\nbob,{}\n', 'name,password\nbob,a,{}\n'],
  },
  'the rows of a statement': {
    masks: ["INSERT INTO t (a,password) VALUES\n(1,'{}'),\n", 'COPY t (a, password) FROM stdin;\n1\t{}\n'],
    leaves: ["INSERT INTO t (a,password) VALUES (1,'x');\n(1,'{}')\n", 'COPY t (a, b) FROM stdin;\n1\t{}\n'],
  },
  'pairs for chpasswd': {
    masks: ['chpasswd <<EOF\nroot:{}\nEOF\n', 'chpasswd:\n  list: |\n    bob:{}\n'],
    leaves: ['cat <<EOF\nroot:{}\nEOF\n', 'chpasswd <<EOF\nEOF\nroot:{}\n'],
  },
  'a key that openssl prints': {
    masks: ['privateExponent:\n    {}\nprime1:\n', 'priv:\n    00:{}\npub:\n'],
    leaves: ['modulus:\n    {}\n', 'priv:\n    00:ab\npub:\n    {}\n'],
  },
  'the rest of a dumped key': {
    masks: ['MK dump:\tab\n\t\t{}\n', 'Volume key dump: ab\n    {}\n'],
    leaves: ['MK bits: 256\n\t{}\n', 'MK dump:\tab\n{}\n'],
  },
  'a manifest of Kubernetes': {
    masks: ['kind: Secret\nstringData:\n  a: {}\n', 'apiVersion: v1\ndata:\n  a: {pair}\nkind: Secret\n'],
    leaves: ['kind: ConfigMap\ndata:\n  a: {}\n', 'kind: Secret\ndata:\n  a: eA==\nother: {}\n'],
  },
}

const forms: Readonly<Record<string, string>> = { '{}': word, '{body}': expandSpecimen('k<B63>'), '{pair}': btoa(word) }

describe.each(Object.entries(states))('%s', (_, { masks, leaves }) => {
  const read = (text: string): readonly [string, string] => {
    const form = Object.keys(forms).find((name) => text.includes(name)) ?? ''
    const value = forms[form] ?? ''
    return [redactor.redact(text.replace(form, value)).text, value]
  }

  test.each(masks)('masks in %j', (text) => {
    const [out, value] = read(text)
    expect(out).not.toContain(value)
    expect(out).toContain('[REDACTED:')
  })

  test.each(leaves)('leaves in %j', (text) => {
    const [out, value] = read(text)
    expect(out).toContain(value)
  })
})
