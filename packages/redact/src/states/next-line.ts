import { valueExtent } from '../scan/value-extent.ts'
import { isCode, isPlaceholder, isPublic, isRecoveryKey, isSecretValue, looksRandom } from '../scan/value-shape.ts'
import { isMnemonic } from '../scan/word-list.ts'
import type { Spans } from '../spans.ts'
import { type Carry, indentOf } from './carry.ts'

/** Commands whose output is a secret and nothing else. */
export const revealing =
  /(?:^|[\s;|&(])(?:pass(?:age)?\s+(?:show\s+)?[\w./@-]+\/|gopass\s+(?:show|cat)|op\s+read|op\s+item\s+get\s.{0,120}--(?:fields|reveal)|vault\s+(?:kv\s+get|read)\s.{0,80}-field|vault\s+print\s+token|gcloud\s+auth\s+(?:application-default\s+)?print-(?:access|identity)-token|gcloud\s+secrets\s+versions\s+access|aws\s+ecr\s+get-login-password|aws\s+configure\s+get\s+\S*(?:secret|token)|aws\s+secretsmanager\s+get-secret-value\s.{0,200}--query|aws\s+ssm\s+get-parameter\s.{0,200}--query|aws\s+rds\s+generate-db-auth-token|aws\s+codeartifact\s+get-authorization-token|az\s+account\s+get-access-token\s.{0,120}tsv|az\s+(?:keyvault\s+secret\s+show|acr\s+login|storage\s+account\s+keys)\s.{0,160}tsv|gh\s+auth\s+token|glab\s+auth\s+token|heroku\s+auth:token|doppler\s+secrets\s+get\s.{0,80}--plain|security\s+find-(?:generic|internet)-password\s.{0,120}-w|secret-tool\s+lookup|kubectl\s+(?:.{0,80}\s)?get\s+secrets?\s.{0,200}(?:jsonpath|go-template|base64)|kubectl\s+(?:.{0,80}\s)?create\s+token|oc\s+whoami\s+(?:-t|--show-token)|kubeadm\s+token\s+(?:create|generate)|docker\s+swarm\s+join-token\s+-q|consul\s+keygen|nomad\s+operator\s+gossip\s+keyring\s+generate|openssl\s+rand|pwgen|apg\s|wg\s+(?:genkey|genpsk)|terraform\s+output\s+(?:-raw\s+)?\S*(?:secret|pass|token|key)|pulumi\s+config\s+get\s+\S*(?:secret|pass|token|key)|chamber\s+read|bw\s+get\s+password|lpass\s+show|rbw\s+get|keepassxc-cli\s+show|nmcli\s.{0,120}psk|keyctl\s+(?:print|pipe)|systemd-creds\s+decrypt|cloudflared\s+tunnel\s+token|argocd\s+(?:account\s+generate-token|admin\s+initial-password)|wg\s+show\s+\S+\s+(?:private-key|preshared-keys)|k3s\s+token\s+create|bws\s+secret\s+get|infisical\s+secrets\s+get\s.{0,80}--plain|docker\s+swarm\s+unlock-key|.{0,80}\/dev\/u?random|python3?\s+-c\s.{0,40}secrets\.token|ansible-vault\s+view|sops\s+-d|cat\s+\S*(?:secret|password|passwd|token|\.key|\.pgpass)\S*|age-keygen|mkpasswd|htpasswd\s+-n|tailscale\s+.{0,40}auth-?key|fly\s+tokens?\s+create|flyctl\s+auth\s+token|railway\s+.{0,40}token|echo\s+"?\$\{?\w*(?:SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|ACCESS_KEY)\w*)/i

const single = /^[\s|>+"']*(?:\d{1,3}\) ")?(?:string\(\d{1,5}\) ")?([^\s"'|]{6,4096})["'|\s]*$/d

/** A line of one word, where a secret was announced. */
export function continueExpect(carry: Carry, line: string, spans: Spans): void {
  const { expect } = carry
  if (expect === undefined) return
  const words = line.trim()
  if (isMnemonic(words)) {
    spans.add(line.indexOf(words), line.indexOf(words) + words.length, expect.rule)
    carry.expect = undefined
    return
  }
  const found = single.exec(line.trimEnd())
  const at = found?.indices?.[1]
  const value = found?.[1] ?? ''
  if (line.trim() !== '' && line.trim() !== '---') expect.lines = at === undefined ? 0 : expect.lines - 1
  else expect.lines -= 0.25
  if (at !== undefined && isAnnounced(value, expect.sure)) {
    spans.add(at[0], at[1], expect.rule)
    carry.expect = undefined
  } else if (expect.lines <= 0) carry.expect = undefined
}

const isMixed = (value: string): boolean => /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[`#*-]/.test(value)

function isAnnounced(value: string, sure: boolean): boolean {
  if (isRecoveryKey(value)) return true
  if (isPlaceholder(value) || isPublic(value) || isCode(value) || /[:{[(]$|^[/~.]|^https?:/.test(value)) return false
  return (
    looksRandom(value) &&
    (sure || isMixed(value)) &&
    (sure || !/^[a-z]+(?:[-_.][a-z0-9]+)+$|^[\w-]+\.[a-z]{2,5}$|^\d[\d.:-]*$|^[a-z]+[-_]?\d+$/.test(value))
  )
}

/** An indented block under `password: |`. */
export function continueBlock(carry: Carry, line: string, spans: Spans): void {
  const { block } = carry
  if (block === undefined) return
  const text = line.trimEnd()
  if (text === '') return
  const indent = indentOf(text)
  if (indent <= block.indent) carry.block = undefined
  else if (!isPlaceholder(text.trim())) spans.add(indent, text.length, block.rule)
}

const valueName =
  /^\s*[+~-]?\s*["']?(?:value|result|default|plaintext|content|val|secretstring|string_?value|password|key|b64_std|base64)["']?\s*[:=]\s*(?=\S)/i

/** The value of a property list. */
const element = /^\s*<(?:string|value)>(?=[^<\s])/i

/** The object is over, or the next one of a list begins, or the value is to be found elsewhere. */
const isOver = (line: string): boolean => /^\s*(?:[}\]]|-\s|<\/)|^\s*valueFrom\b/.test(line)

const hostName = /^\s*"[\w.-]{1,100}\.[a-z]{2,20}"\s*:\s*(?=")/

/** `value: X` under `name: DB_PASSWORD`. */
export function continueSibling(carry: Carry, line: string, spans: Spans): void {
  const { sibling } = carry
  if (sibling === undefined) return
  sibling.lines--
  const found = (sibling.hosts ? hostName : valueName).exec(line) ?? element.exec(line)
  if (found !== null) {
    const extent = valueExtent(line, found[0].length)
    const value = line.slice(extent.start, extent.end)
    if (isSecretValue(value, 'sure') && (extent.quoted || !isCode(value)))
      spans.add(extent.start, extent.end, sibling.rule)
  }
  if (sibling.lines <= 0 || line.trim() === '' || isOver(line)) carry.sibling = undefined
}
