import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createRedactor } from '../index.ts'
import { expandSpecimen } from '../testing/index.ts'

const redactor = createRedactor({ secrets: ['correct horse battery'] })

/** Two texts in which the rule finds something, and two in which it must not. */
interface Held {
  readonly finds: readonly [string, string]
  readonly leaves: readonly [string, string]
}

const held: Readonly<Record<string, Held>> = {
  password: {
    finds: ['DB_PASSWORD=hunter2', '"passwd": "<w12>"'],
    leaves: ['PASSWORD=$PASSWORD', 'password: required'],
  },
  secret: { finds: ['client_secret: <w20>', 'SECRET="<w20>"'], leaves: ['secret_name: db', 'secretRef=<name>'] },
  token: { finds: ['token=<w24>', "'auth_token': '<x32>'"], leaves: ['max_tokens=4096', 'token_type: bearer'] },
  key: { finds: ['signing_key = <w32>', 'ENCRYPTION_KEY=<B43>='], leaves: ['public_key=<w32>', 'cache_key: users-12'] },
  'api-key': { finds: ['X-Api-Key: <w24>', 'api_key="<w32>"'], leaves: ['api_key: none', 'api_key_id=<w20>'] },
  credential: { finds: ['_auth=<w30>4', 'dsn: <w30>4'], leaves: ['auth: basic', 'auth=none'] },
  session: { finds: ['session=<w32>1', 'sid=<w32>1'], leaves: ['session=12', 'sid: S-1-5-18'] },
  signature: { finds: ['&sig=<w40>1', 'Signature=<x64>'], leaves: ['sig=ok', 'Signature: good'] },
  nonce: { finds: ['nonce: <w32>1', 'nonce => <x32>f1'], leaves: ['nonce: 12', 'nonce: none'] },
  otp: { finds: ['otp: <w20>1', 'totp_otp=<w32>1'], leaves: ['otp: enabled', 'otp=off'] },
  seed: { finds: ['seed: <w32>1', 'wallet_seed=<w32>1'], leaves: ['seed: 42', 'seed=1234567'] },
  salt: { finds: ['salt: <w32>1', 'SALT=<w32>1'], leaves: ['salt: minion', 'salt=12'] },
  cookie: {
    finds: ['Cookie: sid=<w20>', 'Set-Cookie: session=<x32>; Path=/'],
    leaves: ['Cookie: theme=dark', 'cookie: a=b'],
  },
  authorization: {
    finds: ['Authorization: token <w24>', '"authorization": "ApiKey <w30>"'],
    leaves: ['Authorization: required', 'authorization: Bearer <token>'],
  },
  'bearer-token': { finds: ['got Bearer <w30>', 'bearer <x40>'], leaves: ['the bearer of bad news', 'Bearer token'] },
  'basic-auth': {
    finds: ['Basic dXNlcjpodW50ZXIy', 'basic YTpiY2Rl'],
    leaves: ['basic setup1', 'Basic Authentication'],
  },
  'url-password': {
    finds: ['https://bob:<w12>@example.com/', 'redis://:<w20>@h:6379'],
    leaves: ['https://bob@example.com/', 'https://example.com:8080/a@b'],
  },
  'url-token': {
    finds: ['https://<w24>1@example.com/', 'git clone https://<x40>@h/a'],
    leaves: ['ssh://git@h/a', 'https://deploy@h'],
  },
  'command-password': {
    finds: ['mysql -u root -p<w12> app', "echo 'root:<w12>' | chpasswd"],
    leaves: ['mkdir -p<w12>', 'mysql -u root -p app'],
  },
  'private-key': {
    finds: ['-----BEGIN RSA PRIVATE KEY-----\n<B64>\n', 'Private-Lines: 1\n<B64>\n'],
    leaves: ['-----BEGIN CERTIFICATE-----\n<B64>\n<B64>\n-----END CERTIFICATE-----\n', 'Public-Lines: 1\n<B64>\n'],
  },
  'kubernetes-secret': {
    finds: ['kind: Secret\ndata:\n  a: aHVudGVyMg==\n', '{"kind":"Secret","data":{"a":"aHVudGVyMg=="}}'],
    leaves: ['kind: ConfigMap\ndata:\n  a: aHVudGVyMg==\n', '{"kind":"Pod","data":{"a":"aHVudGVyMg=="}}'],
  },
  'command-output': {
    finds: ['$ pass show a/b\n<w20>1\n', '# openssl rand -hex 16\n<x32>\n'],
    leaves: ['$ ls a/b\n<w20>1\n', '$ pass ls\n<w20>1\n'],
  },
  'discord-webhook': {
    finds: ['https://discord.com/api/webhooks/<d18>/<b68>', 'discordapp.com/api/v9/webhooks/<d18>/<b68>'],
    leaves: ['https://discord.com/api/webhooks/<d18>', 'https://discord.com/channels/<d18>/<d18>'],
  },
  'slack-webhook': {
    finds: ['https://hooks.slack.com/services/T<u8>/B<u8>/<w24>', 'hooks.slack.com/triggers/T<u8>/<d12>/<x32>'],
    leaves: ['https://hooks.slack.com/services/', 'https://docs.slack.com/services/T<u8>'],
  },
  'teams-webhook': {
    finds: [
      'https://a.webhook.office.com/webhookb2/<uuid>@<uuid>/IncomingWebhook/<x32>/<uuid>',
      'https://outlook.office.com/webhook/<uuid>@<uuid>/IncomingWebhook/<x32>/<uuid>',
    ],
    leaves: ['https://a.webhook.office.com/webhookb2/', 'https://outlook.office.com/mail/<uuid>'],
  },
  'google-chat-webhook': {
    finds: [
      'https://chat.googleapis.com/v1/spaces/AAAA<w7>/messages?key=<b39>&token=<b43>',
      'chat.googleapis.com/v1/spaces/<w11>/messages?key=<b30>&token=<b30>',
    ],
    leaves: ['https://chat.googleapis.com/v1/spaces/<w11>/messages', 'https://chat.googleapis.com/v1/spaces'],
  },
  'zapier-webhook': {
    finds: ['https://hooks.zapier.com/hooks/catch/<d7>/<l7>', 'hooks.zapier.com/hooks/catch/<d5>/<l9>/'],
    leaves: ['https://hooks.zapier.com/hooks/', 'https://zapier.com/hooks/catch/<d7>/<l7>'],
  },
  'ifttt-webhook': {
    finds: ['https://maker.ifttt.com/trigger/a/with/key/<b22>', 'maker.ifttt.com/trigger/b_c/with/key/<b43>'],
    leaves: ['https://maker.ifttt.com/trigger/a', 'https://ifttt.com/trigger/a/with/<b22>'],
  },
  'telegram-bot-token': {
    finds: ['https://api.telegram.org/bot<d10>:<b35>/getMe', 'api.telegram.org/bot<d9>:<b35>'],
    leaves: ['https://api.telegram.org/bot', 'https://telegram.org/bot<d9>'],
  },
  'pagerduty-integration-key': {
    finds: ['https://events.pagerduty.com/integration/<x32>/enqueue', 'events.pagerduty.com/integration/<x32>'],
    leaves: ['https://events.pagerduty.com/v2/enqueue', 'https://events.pagerduty.com/integration/'],
  },
  'azure-logic-signature': {
    finds: [
      'https://prod-1.westeurope.logic.azure.com/workflows/<x32>/triggers?sp=a&sig=<b43>',
      'https://p.logic.azure.com:443/w?sig=<b30>',
    ],
    leaves: ['https://p.logic.azure.com/workflows/<x32>', 'https://p.logic.azure.com/w?sv=1.0'],
  },
  'healthchecks-ping': {
    finds: ['curl https://hc-ping.com/<uuid>', 'https://hc-ping.com/<uuid>/start'],
    leaves: ['https://hc-ping.com/', 'https://example.com/<uuid>'],
  },
  code: {
    finds: ['GET /cb?code=<w30>1&state=x', 'https://h/cb#code=<b40>1'],
    leaves: ['GET /a?code=200&x=1', 'https://h/cb?code=NoSuchKey'],
  },
  webhook: {
    finds: ['webhook: <w32>1', 'WEBHOOK=<w40>1'],
    leaves: ['webhook: enabled', 'webhook=https://h/hooks/a'],
  },
  pin: {
    finds: ['pin: 482139', '"sim_pin": "4821"'],
    leaves: ['GPIO pin: 17', 'pinned: 482139'],
  },
  community: {
    finds: ['snmp_community: <l9>x1', 'community = "<l9>x1"'],
    leaves: ['community: open source', 'community_id=1:<B27>='],
  },
  'recovery-code': {
    finds: ['Recovery codes:\n<x5>1-1<x4>\n2<x4>-<x4>2\n', 'backup code: 1<x4>-<x4>2'],
    leaves: ['Recovery codes:\nnone are left\n', 'Backup code path: src/backup1'],
  },
  'crypt-hash': {
    finds: ['bob:<w13>:19700:0:99999:7:::', 'bob:$6$<w16>$<w86>:19700:0:99999:7:::'],
    leaves: ['bob:!:19700:0:99999:7:::', 'bob:x:1000:1000::/home/bob:/bin/sh'],
  },
  'known-secret': {
    finds: ['x correct horse battery y', 'q=correct%20horse%20battery'],
    leaves: ['correct horse', 'Correct Horse Battery'],
  },
}

describe.each(Object.entries(held))('%s', (rule, { finds, leaves }) => {
  test.each(finds)('finds %j', (text) => {
    expect(redactor.redact(expandSpecimen(text)).findings[rule]).toBeGreaterThan(0)
  })

  test.each(leaves)('leaves %j', (text) => {
    expect(redactor.redact(expandSpecimen(text)).findings).not.toHaveProperty(rule)
  })
})

test('each rule that is named in a scanner or a state is held here', () => {
  const sources = ['.', '../states'].flatMap((folder) =>
    readdirSync(new URL(folder, import.meta.url))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(new URL(`${folder}/${name}`, import.meta.url), 'utf8')),
  )
  const named = sources.flatMap((source) => [
    ...[...source.matchAll(/\.add\([^;]{0,120}?'([a-z-]+)'/g)].map(([, id]) => id),
    ...[...source.matchAll(/rule: '([a-z-]+)'/g)].map(([, id]) => id),
    // The table of weak names and what a name is filed under.
    ...[...source.matchAll(/^ {2}\w+: '([a-z-]+)',$/gm)].map(([, id]) => id),
    ...[...source.matchAll(/return '([a-z]+(?:-[a-z]+)*)'/g)].map(([, id]) => id),
    ...[...source.matchAll(/\/dy,\s+'([a-z-]+)'/g)].map(([, id]) => id),
  ])
  expect(named.length).toBeGreaterThan(25)
  // `unread` is held by the tests of crowded lines.
  expect([...new Set(named)].filter((id) => id !== 'unread' && !Object.hasOwn(held, id ?? ''))).toEqual([])
})
