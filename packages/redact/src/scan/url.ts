import { placeholderStart } from '../spans.ts'
import type { Scanner } from './scan.ts'
import { isLongRandom, isPlaceholder, looksRandom } from './value-shape.ts'

const endsAuthority = (code: number): boolean =>
  code <= 32 || code === 34 || code === 39 || code === 60 || code === 62 || code === 96 || code === 92

function endOfAuthority(line: string, from: number): number {
  const limit = Math.min(line.length, from + 1024)
  let index = from
  while (index < limit && !endsAuthority(line.charCodeAt(index))) index++
  return index
}

/** The `@` that ends the user information: the last one before the path, or before a host when the secret holds a slash. */
function userInfoEnd(text: string): number {
  const path = text.search(/[/?#]/)
  const inAuthority = text.slice(0, path < 0 ? text.length : path).lastIndexOf('@')
  if (inAuthority >= 0) return inAuthority
  const at = text.lastIndexOf('@')
  if (at < 0 || !/^[^/:@]{0,64}:[^@\s]{2,}$/.test(text.slice(0, at))) return -1
  const port = /^[^/:@]{0,64}:\d{1,5}(?:\/|$)/.test(text)
  return !port && /^[\w.-]+(?::\d+)?(?:,[\w.-]+(?::\d+)?){0,9}(?:[/?]|$)/.test(text.slice(at + 1)) ? at : -1
}

/** `scheme://user:secret@host`, `https://token@host`. */
export const scanUrl: Scanner = (scan, position) => {
  const { line, spans } = scan
  const from = position + 3
  const text = line.slice(from, endOfAuthority(line, from))
  scan.budget -= text.length
  const at = userInfoEnd(text)
  if (at <= 0) return
  const masked = text.startsWith(placeholderStart) ? text.indexOf(']') + 1 : 0
  const colon = text.slice(0, at).indexOf(':', masked)
  if (colon >= 0) {
    const secret = text.slice(colon + 1, at)
    // The token is the user, and the password only says so.
    if (/^(?:x-oauth-basic|x-oauth|api_token|)$/.test(secret)) {
      if (isUserToken(text.slice(0, colon))) spans.add(from, from + colon, 'url-token')
      return
    }
    if (!isPlaceholder(secret) && !/^(?:%[sdv]|\{\w*\}|:\w+)$/.test(secret))
      spans.add(from + colon + 1, from + at, 'url-password')
    return
  }
  const user = text.slice(0, at)
  if (isUserToken(user)) spans.add(from, from + at, 'url-token')
}

const isUserToken = (user: string): boolean => user.length >= 20 && looksRandom(user) && /^[\w-]+$/.test(user)

const beforeHost = /(?:^|[\s"'`=(])(?:[\w.-]{1,64}:|[\w$#]{1,30}\/)([^\s"'`:/]{2,128})$/d

/** `user:X@tcp(host:3306)/db` of Go's MySQL driver, `user/X@//host:1521/service` of Oracle. */
export const scanDriverName: Scanner = ({ line, spans }, position) => {
  const from = Math.max(0, position - 200)
  const at = beforeHost.exec(line.slice(from, position))?.indices?.[1]
  if (at !== undefined && !isPlaceholder(line.slice(from + at[0], position)))
    spans.add(from + at[0], position, 'url-password')
}

const parameter = /[?&#](?:code|auth_code|authorization_code|ticket|sessdata|sesskey|samlart)=([\w.~%+/-]{16,2048})/diy

/** The one-time code of OAuth, which is worth a token. */
export const scanParameter: Scanner = ({ line, spans }, position) => {
  parameter.lastIndex = position
  const at = parameter.exec(line)?.indices?.[1]
  if (at !== undefined && isLongRandom(line.slice(at[0], at[1]))) spans.add(at[0], at[1], 'code')
}

const webhooks: readonly (readonly [RegExp, string])[] = [
  [/discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d{17,20}\/([\w-]{60,80})/dy, 'discord-webhook'],
  [/hooks\.slack\.com\/(?:services|workflows|triggers)\/([A-Za-z0-9+/]{20,120})/dy, 'slack-webhook'],
  [
    /\.webhook\.office\.com\/webhookb2\/[0-9a-f@-]{36,80}\/IncomingWebhook\/([0-9a-f]{32}(?:\/[0-9a-f-]{36})?)/dy,
    'teams-webhook',
  ],
  [
    /outlook\.office\.com\/webhook\/[0-9a-f@-]{36,80}\/IncomingWebhook\/([0-9a-f]{32}(?:\/[0-9a-f-]{36})?)/dy,
    'teams-webhook',
  ],
  [
    /chat\.googleapis\.com\/v1\/spaces\/[\w-]{5,20}\/messages\?key=[\w-]{20,60}&token=([\w%-]{20,80})/dy,
    'google-chat-webhook',
  ],
  [/hooks\.zapier\.com\/hooks\/catch\/(\d{3,12}\/[a-z0-9]{5,20})/dy, 'zapier-webhook'],
  [/maker\.ifttt\.com\/trigger\/[\w-]{1,60}\/with\/key\/([\w-]{20,60})/dy, 'ifttt-webhook'],
  [/api\.telegram\.org\/bot(\d{6,12}:[\w-]{30,40})/dy, 'telegram-bot-token'],
  [/events\.pagerduty\.com\/integration\/([0-9a-f]{32})/dy, 'pagerduty-integration-key'],
  [/\.logic\.azure\.com[^\s"']{1,300}[?&]sig=([\w%-]{20,80})/dy, 'azure-logic-signature'],
  [/hc-ping\.com\/([0-9a-f]{8}-[0-9a-f-]{27})/dy, 'healthchecks-ping'],
]

/** Addresses that are themselves the secret. */
export const scanWebhook: Scanner = ({ line, spans }, position) => {
  for (const [pattern, rule] of webhooks) {
    pattern.lastIndex = position
    const found = pattern.exec(line)?.indices?.[1]
    if (found !== undefined) spans.add(found[0], found[1], rule)
  }
}
