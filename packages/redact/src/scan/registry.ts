import type { Literal } from '../prefilter/literal.ts'
import { placeholderStart } from '../spans.ts'
import { scanCodes, scanPairsHead, scanShadow } from './accounts.ts'
import { scanAssignment } from './assignment.ts'
import { scanAuthorization, scanBasic, scanBearer, scanProtocol, scanSignature } from './authorization.ts'
import { createCommandScanner } from './command-line.ts'
import { scanCookie, scanCookieJar } from './cookie.ts'
import { foreignNames, scanForeignName } from './foreign-name.ts'
import { createNameGate, createPromptGate, createUrlGate, type Gate, headerGate, programGate } from './gates.ts'
import type { KeyClass } from './key-name.ts'
import { scanPin } from './numbers.ts'
import { scanHereString, scanPiped, scanSubstituted } from './piped.ts'
import { scanEncodedKey, scanPrivateKey } from './private-key.ts'
import { type LineScan, leaveOut, type Scanner } from './scan.ts'
import { scanCopy, scanInsert } from './sql-insert.ts'
import { scanHeader } from './table-header.ts'
import { scanDriverName, scanParameter, scanUrl, scanWebhook } from './url.ts'
import { scanWordList } from './word-list.ts'

/** When a line has cost enough, what is left of it goes unread, and therefore unseen. */
const within =
  (scanner: Scanner, cost: number): Scanner =>
  (scan, position) => {
    scan.budget -= cost
    if (scan.budget > 0) scanner(scan, position)
    else {
      scan.spans.add(position, scan.line.length, 'unread')
      leaveOut(scan, position, scan.line.length)
    }
  }

const names = `pass pwd secret token key cred auth psk mnemonic jwt seed sid cookie signature salt otp senha
  kennwort wachtwoord parola hmac csrf xsrf community webhook sess pswd pword motdepasse dsn nonce heslo salasana adgangskode
  authtok bindpw rootpw adminpw`

const reveals = `print-access-token print-identity-token get-login-password gopass passage generate-db-auth gh~auth
  glab~auth auth:token secret-tool wg~gen pwgen openssl~rand whoami keygen chamber~read bw~get lpass~show rbw~get
  sops~-d age-keygen nmcli keyctl systemd-creds wg~show swarm~unlock /random urandom mkpasswd op~read op~item vault~ pass~ secret auth token passwd .key pass-`

const words = (text: string): readonly string[] =>
  text
    .split(/\s+/)
    .filter((word) => word.length >= 3)
    .map((word) => word.replaceAll('~', ' '))

const literal = (texts: readonly string[], tag: Scanner, exact = false, gate?: Gate): Literal<Scanner>[] =>
  texts.map((text) => ({ text, tag, exact, gate }))

/** Names so short that the mark before them has to be part of what wakes. */
const behindMark: Scanner = (scan, position) => within(scanAssignment, 1)(scan, position + 1)
const behindMarkGate =
  (gate: Gate): Gate =>
  (text, position) =>
    gate(text, position + 1)

const codes =
  'recovery~code recovery-code recovery_code backup~code backup-code backup_code scratch~code emergency~code'

/** What stands under a name or in a place that says what it is. */
const namedLiterals = (classify: (name: string) => KeyClass): readonly Literal<Scanner>[] => [
  ...literal(words(names), within(scanAssignment, 1), false, createNameGate(classify)),
  ...literal(words(`~pw= _pw= -pw= "pw" ~pw: _pw:`), behindMark, false, behindMarkGate(createNameGate(classify))),
  ...literal(['pass', 'secret', 'token', 'api key', 'api_key', 'apikey'], within(scanHeader, 64), false, headerGate),
  ...literal(words(`pin: pin= pin" pin' pincode puk: puk= puk" otp: otp= otp"`), within(scanPin, 32)),
  ...literal(foreignNames, within(scanForeignName, 32), true),
  ...literal(['passphrase', 'seed phrase', 'recovery phrase', 'mnemonic', 'seed'], within(scanWordList, 32)),
  ...literal(words(codes), within(scanCodes, 64)),
  ...literal(['7:::', '::::'], within(scanShadow, 64), true),
  ...literal(['chpasswd'], within(scanPairsHead, 64)),
  ...literal(['insert ', 'replace into'], within(scanInsert, 64)),
  ...literal(['copy '], within(scanCopy, 64)),
  ...literal(['----BEGIN', '---- BEGIN'], within(scanPrivateKey, 32), true),
  ...literal(['LS0tLS1CRUdJTi'], within(scanEncodedKey, 32), true),
]

const parameters = '?code= &code= #code= auth_code= authorization_code= ?ticket= &ticket= samlart='
const webhooks = `discord hooks. .webhook.office outlook.office chat.googleapis maker.ifttt api.telegram events.pagerduty
  .logic.azure hc-ping`

/** Addresses and headers. */
const webLiterals = (): readonly Literal<Scanner>[] => [
  ...literal(['://'], within(scanUrl, 8), true, createUrlGate()),
  ...literal(['@tcp(', '@unix(', '@udp(', '@//'], within(scanDriverName, 64)),
  ...literal(words(parameters), within(scanParameter, 32)),
  ...literal(words(webhooks), within(scanWebhook, 64)),
  ...literal(['authorization'], within(scanAuthorization, 64)),
  ...literal(['sec-websocket-protocol'], within(scanProtocol, 32)),
  ...literal(['bearer'], within(scanBearer, 32)),
  ...literal(['basic '], within(scanBasic, 32)),
  ...literal(['signature=', 'sig=', 'hmac=', 'response=', 'oauth_'], within(scanSignature, 32)),
  ...literal(['cookie'], within(scanCookie, 32)),
  ...literal(['TRUE\t/', 'FALSE\t/'], within(scanCookieJar, 256), true),
]

function commandLiterals(): readonly Literal<Scanner>[] {
  const { programs, scanner } = createCommandScanner()
  const command = within(scanner, 32)
  return [
    ...programs.flatMap((name) => literal([name], command, true, programGate(name))),
    ...literal(['echo ', 'printf '], within(scanPiped, 64), true),
    ...literal(['<<< ', '<<<"', "<<<'", '<<<$'], within(scanHereString, 64), true),
    ...literal(['<(echo', '<(printf'], within(scanSubstituted, 32), true),
  ]
}

/** Marks the line as one that says what comes on the next. */
const opens =
  (rule: string, kind: NonNullable<LineScan['pending']>['kind']): Scanner =>
  (scan) => {
    scan.pending = { rule, kind }
  }

/** Rails keeps its key alone in a file. */
const masterKey: Scanner = (scan, position) => {
  if (/^master\.key["':]*\s*(?:<==)?\s*$/.test(scan.line.slice(position, position + 40)))
    scan.pending = { rule: 'key', kind: 'value' }
}

/** `privateExponent:` of `openssl rsa -text`: the numbers follow, indented. */
const printedKey: Scanner = (scan, position) => {
  if (/^(?:privateExponent|prime[12]|priv|exponent[12]|coefficient):\s*$/.test(scan.line.slice(position)))
    scan.pending = { rule: 'private-key', kind: 'block' }
}

/** `MK dump:` of `cryptsetup luksDump --dump-master-key`. */
const masterKeyDump: Scanner = (scan, position) => {
  const found = /^(?:MK|Volume key) dump:\s*/i.exec(scan.line.slice(position, position + 40))
  if (found === null) return
  scan.spans.add(position + found[0].length, scan.line.trimEnd().length, 'private-key')
  scan.pending = { rule: 'private-key', kind: 'block' }
}

const putty: Scanner = (scan, position) => {
  scan.putty = Number(/^private-lines: (\d{1,3})/i.exec(scan.line.slice(position, position + 20))?.[1] ?? 0)
}

const manifest: Scanner = (scan) => {
  scan.manifest = true
}

/** Lines that say something about the next ones. */
function stateLiterals(): readonly Literal<Scanner>[] {
  const ownPrompt = createPromptGate()
  const reveal: Scanner = (scan, position) => {
    if (!scan.command) scan.command = ownPrompt(scan.line, position)
  }
  return [
    ...literal(words(reveals), reveal, false, createPromptGate()),
    ...literal(['private-lines:'], putty),
    ...literal(['master.key'], masterKey),
    ...literal(
      ['privateExponent:', 'prime1:', 'prime2:', 'priv:', 'exponent1:', 'exponent2:', 'coefficient:'],
      printedKey,
    ),
    ...literal(['MK dump:', 'volume key dump:'], masterKeyDump),
    ...literal(['securestring', '"keyname"'], opens('secret', 'sibling')),
    ...literal(['"github-oauth"', '"gitlab-token"', '"gitlab-oauth"', '"bearer"'], opens('token', 'hosts')),
    ...literal(['apiversion', 'kind:', 'kind"', '"kind', 'data:', 'data":', 'stringdata'], manifest),
  ]
}

/** Literals that wake the scanners that need no vendor's rule. */
export const coreLiterals = (classify: (name: string) => KeyClass): readonly Literal<Scanner>[] => [
  ...namedLiterals(classify),
  ...webLiterals(),
  ...commandLiterals(),
  ...stateLiterals(),
]

/** Masks a text that is known to be secret. */
export function createExactScanner(secret: string): Scanner {
  return ({ line, spans }, position) => {
    if (line.startsWith(placeholderStart, position)) return
    spans.add(position, position + secret.length, 'known-secret', '', true)
  }
}
