import type { Scanner } from './scan.ts'
import { valueExtent } from './value-extent.ts'
import { isPlaceholder } from './value-shape.ts'

/** Where a program takes its secret on the command line. `pair` means `user<separator>secret`. */
interface SecretArgument {
  readonly programs: string
  /** Matches up to the place where the secret begins. */
  readonly flag: RegExp
  readonly pair?: string
  /** Only a value of this form. */
  readonly form?: RegExp
}

const argument = (
  programs: string,
  flag: RegExp,
  more: Pick<SecretArgument, 'pair' | 'form'> = {},
): SecretArgument => ({
  programs,
  flag,
  ...more,
})

const table: readonly SecretArgument[] = [
  argument('sshpass', /\s-p\s*(?=\S)/g),
  argument(
    'mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlpump mysqlbinlog mysqlslap mariadb mariadb-dump mariadb-admin mysqlsh mydumper mytop xtrabackup innobackupex',
    /[\s"']-p(?=[^\s-])/g,
  ),
  argument(
    'mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat cqlsh influx arangosh docker podman buildah nerdctl oc az skopeo crane vsql nxc crackmapexec netexec evil-winrm clickhouse-client',
    /\s-p\s+(?=[^\s-])/g,
    { form: /^(?!\d{1,5}(?::\d|$)|[\d.]+:\d)\S{4,}$/ },
  ),
  argument(
    'curl wget http https ab wrk httpie xh lftp swaks nikto',
    /\s(?:-u|--user|-a|--auth|-A|--proxy-user|-U)[=\s]*(?=[^\s-])/g,
    { pair: ':' },
  ),
  argument('lftp ncftp ncftpget', /\s-u\s+(?=[^\s-])/g, { pair: ',' }),
  argument('skopeo crane buildah podman', /\s--(?:src-|dest-)?creds[=\s]+(?=[^\s-])/g, { pair: ':' }),
  argument('smbclient rpcclient smbget winexe net smbcacls wmic', /\s(?:-U|--user)[=\s]*(?=[^\s-])/g, { pair: '%' }),
  argument(
    'ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd ldapmodrdn ldapcompare',
    /\s-[ws]\s*(?=[^\s-])/g,
    { form: /^(?!(?:base|one|sub|children)$)\S+$/ },
  ),
  argument('htpasswd', /\s-[a-zA-Z]*b[a-zA-Z]*\s+(?:-\S+\s+){0,3}\S+\s+\S+\s+(?=\S)/g),
  argument('htpasswd', /\s-[a-zA-Z]*n[a-zA-Z]*b?[a-zA-Z]*\s+[^\s-]\S*\s+(?=\S)/g),
  argument(
    'snmpwalk snmpget snmpset snmpbulkwalk snmpbulkget snmptrap snmpstatus snmptable snmpgetnext snmpinform snmpd',
    /\s-[AXaxc]\s+(?=[^\s-])/g,
    { form: /^(?!(?:SHA|MD5|AES|DES|SHA-?\d+|AES-?\d+|public)$)\S+$/i },
  ),
  argument(
    'sqlcmd bcp isql tsql osql mosquitto_pub mosquitto_sub mosquitto_rr ipmitool osql.exe sqlcmd.exe',
    /\s-P\s*(?=[^\s-])/g,
  ),
  argument('sqlplus rman expdp impdp exp imp sqlldr', /\s(?=[\w$#]{1,40}\/[^\s/@]{3,64}@)/g, { pair: '/' }),
  argument('openssl', /\s-k\s+(?=[^\s-])/g),
  argument('openssl', /\s-pass(?:in|out|word)?\s+pass:(?=\S)/g),
  argument('7z 7za 7zr rar unrar', /\s-p(?=[^\s-])/g),
  argument('zip unzip', /\s-P\s*(?=[^\s-])/g),
  argument('redis-cli valkey-cli keydb-cli', /\s(?:-a|--pass)[=\s]+(?=[^\s-])/g),
  argument('xfreerdp rdesktop wlfreerdp mstsc', /\s(?:\/p:|-p\s+)(?=\S)/g),
  argument('rabbitmqctl', /\s(?:add_user|change_password|authenticate_user)\s+\S+\s+(?=\S)/g),
  argument('ssh-keygen', /\s-[NP]\s+(?=[^\s-])/g),
  argument('rclone', /\sobscure\s+(?=[^\s-])/g),
  argument('net', /\suse\s+(?:\S:\s+)?\\\\\S+\s+(?=[^\s/*])/g, { form: /\d/ }),
  argument('wpa_passphrase', /\s(?:"[^"]*"|\S+)\s+(?=\S)/g),
  argument('net', /\suser\s+\S+\s+(?=[^\s/*])/g, { form: /\d|[^\w]/ }),
  argument('mc', /\salias\s+set\s+\S+\s+\S+\s+\S+\s+(?=\S)/g),
  argument('svn vncviewer psexec', /\s-p\s+(?=[^\s-])/g),
  argument('asadmin wsadmin wsadmin.sh', /\s-password\s+(?=[^\s-])/g),
  argument('pdftk', /\s(?:user_pw|owner_pw|input_pw)\s+(?:\w+=)?(?=\S)/g),
  argument('qpdf', /--encrypt\s+(?=[^\s-])/g),
  argument('conjur keepassxc-cli', /\s(?:-p|--password)\s+(?=[^\s-])/g),
  argument('ansible ansible-playbook', /\s(?:ansible_\w*pass\w*=)(?=\S)/g),
  argument('iscsiadm', /\s-n\s+\S*password\s+-v\s+(?=\S)/g),
  argument('nmcli', /\s(?:802-11-wireless-security\.psk|wifi-sec\.psk|802-1x\.password)\s+(?=\S)/g),
  argument('usermod useradd', /\s-p\s+(?=\S)/g),
  argument('vault', /\s(?:login|unwrap|operator\s+unseal)\s+(?=[^\s=-]+\s*$)/g, { form: /\d/ }),
  argument('kadmin kadmin.local kinit', /\s(?:-pw|-w)\s+(?=\S)/g),
]

const commandEnd = /[|;\n]|&&|\|\|/

/** Programs that take a secret as an argument, one literal each. */
export function commandPrograms(): readonly string[] {
  const names = new Set(table.flatMap(({ programs }) => programs.split(' ')))
  return [...names].map((name) => (name.length < 3 ? `${name} ` : name))
}

function maskArgument(
  line: string,
  from: number,
  to: number,
  item: SecretArgument,
  mask: (start: number, end: number) => void,
): void {
  const text = line.slice(from, to)
  for (const found of text.matchAll(item.flag)) {
    const extent = valueExtent(line, from + found.index + found[0].length)
    const value = line.slice(extent.start, extent.end)
    const split = item.pair === undefined ? -1 : value.indexOf(item.pair)
    if (item.pair !== undefined && split <= 0) continue
    const secret = splitSecret(value, split, item)
    if (secret === '' || isPlaceholder(secret) || item.form?.test(secret) === false) continue
    const start = extent.start + split + 1
    mask(start, start + secret.length)
  }
}

function splitSecret(value: string, split: number, item: SecretArgument): string {
  const secret = value.slice(split + 1)
  return item.pair === '/' ? secret.slice(0, Math.max(0, secret.indexOf('@'))) : secret
}

/** `mysql -pX`, `curl -u user:X`, `ldapsearch -w X`: the flag means a secret only after its own program. */
export const scanCommand: Scanner = (scan, position) => {
  const { line, spans } = scan
  if (/[\w.-]/.test(line[position - 1] ?? ' ')) return
  const program = /^[\w.-]{2,30}/.exec(line.slice(position, position + 30))?.[0] ?? ''
  // What was read behind the same word stays read.
  if (position < (scan.commandsDone.get(program) ?? 0)) return
  const from = position + program.length
  if (!/[\s"']/.test(line[from] ?? '')) return
  const limit = Math.min(line.length, from + 2048)
  const rest = line.slice(from, limit).search(commandEnd)
  const to = rest < 0 ? limit : from + rest
  scan.commandsDone.set(program, to)
  scan.budget -= (to - from) >> 2
  for (const item of table) {
    if (item.programs.split(' ').includes(program))
      maskArgument(line, from, to, item, (start, end) => spans.add(start, end, 'command-password'))
  }
}

const piped =
  /(?:echo|printf|print)\s+(?:-[ne]+\s+)?(?:'%s\\?n?'\s+)?(["']?)([^\s"'|]{4,128})\1\s*\|\s*(?:sudo\s+)?(?:chpasswd|passwd\s+--stdin|(?:docker|podman|helm|nerdctl|crane|oras)\s.{0,120}--password-stdin|sudo\s+-S|cryptsetup|kinit|gh\s+auth|smbpasswd|openssl\s+passwd|gpg\s.{0,60}--passphrase-fd)/dy

/** `echo 'root:X' | chpasswd`, `echo X | sudo -S …`. */
export const scanPiped: Scanner = ({ line, spans }, position) => {
  piped.lastIndex = position
  const found = piped.exec(line)
  const at = found?.indices?.[2]
  if (found === null || at === undefined) return
  const value = found[2] ?? ''
  const colon = /chpasswd/.test(found[0]) ? value.indexOf(':') + 1 : 0
  if (!isPlaceholder(value.slice(colon))) spans.add(at[0] + colon, at[1], 'command-password')
}
