import type { Literal } from '../prefilter.ts'
import { placeholderStart } from '../spans.ts'
import { scanAssignment } from './assignment.ts'
import { scanAuthorization, scanBasic, scanBearer, scanSignature } from './authorization.ts'
import { scanHeader } from './columns.ts'
import { commandPrograms, scanCommand } from './command-line.ts'
import { scanCookie, scanCookieJar } from './cookie.ts'
import { createNameGate, createPromptGate, createUrlGate, type Gate, headerGate, programGate } from './gates.ts'
import type { KeyClass } from './key-name.ts'
import { scanHereString, scanPiped, scanSubstituted } from './piped.ts'
import { scanPrivateKey } from './private-key.ts'
import type { Scanner } from './scan.ts'
import { scanCopy, scanInsert } from './sql-insert.ts'
import { scanUrl, scanWebhook } from './url.ts'

/** When a line has cost enough, what is left of it goes unread, and therefore unseen. */
const within =
  (scanner: Scanner, cost: number): Scanner =>
  (scan, position) => {
    scan.budget -= cost
    if (scan.budget > 0) scanner(scan, position)
    else {
      scan.spans.add(position, scan.line.length, 'unread')
      scan.skipTo = scan.line.length
    }
  }

const names = `pass pwd secret token key cred auth psk mnemonic jwt seed sid cookie signature salt otp senha
  contrase kennwort wachtwoord parola hmac csrf xsrf community webhook sess pswd pword motdepasse dsn nonce
  authtok bindpw rootpw adminpw`

const reveals = `print-access-token print-identity-token get-login-password gopass passage generate-db-auth gh~auth
  glab~auth auth:token secret-tool wg~gen pwgen openssl~rand whoami keygen chamber~read bw~get lpass~show rbw~get
  sops~-d age-keygen nmcli keyctl systemd-creds wg~show swarm~unlock /random urandom mkpasswd op~read op~item vault~ pass~ secret auth token passwd .key pass-`

const words = (text: string): readonly string[] =>
  text
    .split(/\s+/)
    .filter((word) => word.length >= 3)
    .map((word) => word.replaceAll('~', ' '))

/** Literals that wake the scanners that need no vendor's rule. */
export function coreLiterals(classify: (name: string) => KeyClass): readonly Literal<Scanner>[] {
  const literal = (texts: readonly string[], tag: Scanner, exact = false, gate?: Gate): Literal<Scanner>[] =>
    texts.map((text) => ({ text, tag, exact, gate }))
  const promptGate = createPromptGate()
  const ownPrompt = createPromptGate()
  const reveal: Scanner = (scan, position) => {
    if (!scan.command) scan.command = ownPrompt(scan.line, position)
  }
  const manifest: Scanner = (scan) => {
    scan.manifest = true
  }
  const sibling: Scanner = (scan) => {
    scan.pending = { rule: 'secret', kind: 'sibling' }
  }
  const hosts: Scanner = (scan) => {
    scan.pending = { rule: 'token', kind: 'hosts' }
  }
  const putty: Scanner = (scan, position) => {
    scan.putty = Number(/^private-lines: (\d{1,3})/i.exec(scan.line.slice(position, position + 20))?.[1] ?? 0)
  }
  return [
    ...literal(words(names), within(scanAssignment, 1), false, createNameGate(classify)),
    ...literal(['pass', 'pwd', 'secret', 'token', 'api'], within(scanHeader, 64), false, headerGate),
    ...literal(['insert ', 'replace into'], within(scanInsert, 64)),
    ...literal(['copy '], within(scanCopy, 64)),
    ...literal(['://'], within(scanUrl, 8), true, createUrlGate()),
    ...literal(['----BEGIN', '---- BEGIN'], within(scanPrivateKey, 32), true),
    ...literal(['authorization'], within(scanAuthorization, 64)),
    ...literal(['bearer'], within(scanBearer, 32)),
    ...literal(['basic '], within(scanBasic, 32)),
    ...literal(['signature=', 'sig=', 'response=', 'oauth_'], within(scanSignature, 32)),
    ...literal(['cookie'], within(scanCookie, 32)),
    ...literal(['TRUE\t/', 'FALSE\t/'], within(scanCookieJar, 256), true),
    ...commandPrograms().flatMap((name) => literal([name], within(scanCommand, 32), true, programGate(name))),
    ...literal(['echo ', 'printf '], within(scanPiped, 64), true),
    ...literal(['<<<'], within(scanHereString, 64), true),
    ...literal(['<(echo', '<(printf'], within(scanSubstituted, 32), true),
    ...literal(
      [
        'discord',
        'hooks.',
        '.webhook.office',
        'outlook.office',
        'chat.googleapis',
        'maker.ifttt',
        'api.telegram',
        'events.pagerduty',
        '.logic.azure',
        'hc-ping',
      ],
      within(scanWebhook, 64),
    ),
    ...literal(words(reveals), reveal, false, promptGate),
    ...literal(['private-lines:'], putty),
    ...literal(['securestring'], sibling),
    ...literal(['"github-oauth"', '"gitlab-token"', '"gitlab-oauth"', '"bearer"'], hosts),
    ...literal(['apiversion', 'kind:', 'kind"', '"kind', 'data:', 'data":', 'stringdata'], manifest),
  ]
}

/** Masks a text that is known to be secret. */
export function createExactScanner(secret: string): Scanner {
  return ({ line, spans }, position) => {
    if (line.startsWith(placeholderStart, position)) return
    spans.add(position, position + secret.length, 'known-secret', '', true)
  }
}
