/** Where a program takes its secret on the command line. `pair` means `user<separator>secret`. */
export interface SecretArgument {
  readonly programs: string
  /** Matches up to the place where the secret begins. */
  readonly flag: RegExp
  readonly pair?: string
  /** What ends the secret within the argument. */
  readonly until?: string
  /** What else the command line has to say. */
  readonly when?: RegExp
  /** Only a value of this form. */
  readonly form?: RegExp
}

const argument = (
  programs: string,
  flag: RegExp,
  more: Pick<SecretArgument, 'pair' | 'form' | 'until' | 'when'> = {},
): SecretArgument => ({
  programs,
  flag,
  ...more,
})

export const secretArguments: readonly SecretArgument[] = [
  argument('sshpass', /\s-p\s*(?=\S)/g),
  argument(
    'mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlpump mysqlbinlog mysqlslap mariadb mariadb-dump mariadb-admin mysqlsh mydumper mytop xtrabackup innobackupex',
    /[\s"']-p(?=[^\s-])/g,
  ),
  argument(
    'mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat cqlsh influx arangosh docker podman buildah nerdctl oc az skopeo crane vsql nxc crackmapexec netexec evil-winrm clickhouse-client helm twine poetry ibmcloud hydra medusa ncrack veracrypt truecrypt steghide racadm rabbitmqadmin ncftpput ncftpls cypher-shell security',
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
  argument('sqlplus rman expdp impdp exp imp sqlldr', /\s["']?(?=[\w$#]{1,40}\/[^\s/@]{3,64}(?:[@\s"']|$))/g, {
    pair: '/',
    until: '@',
  }),
  argument('curl', /\s-[a-zA-Z]{1,8}u\s*(?=[^\s-])/g, { pair: ':' }),
  argument('ncat nc etcdctl', /\s(?:--proxy-auth|--user)[=\s]+(?=[^\s-])/g, { pair: ':' }),
  argument(
    'psexec.py wmiexec.py smbexec.py atexec.py dcomexec.py secretsdump.py GetUserSPNs.py mssqlclient.py smbclient.py impacket-psexec impacket-wmiexec impacket-secretsdump impacket-smbclient impacket-mssqlclient',
    /\s["']?(?=[^\s:@"']{1,80}:[^\s@]{1,80}@)/g,
    { pair: ':', until: '@' },
  ),
  argument('openssl', /\s-[kK]\s+(?=[^\s-])/g),
  argument('openssl', /\spasswd(?:\s+-salt\s+\S+|\s+-\w+){0,6}\s+(?=[^\s-]\S*\s*$)/g, { form: /\d|\W/ }),
  argument('openssl', /\s-pass(?:in|out|word)?\s+pass:(?=\S)/g),
  argument('7z 7za 7zr rar unrar', /\s-p(?=[^\s-])/g),
  argument('zip unzip', /\s-P\s*(?=[^\s-])/g),
  argument('redis-cli valkey-cli keydb-cli', /\s(?:-a|--pass)[=\s]+(?=[^\s-])/g),
  argument('xfreerdp rdesktop wlfreerdp mstsc', /\s(?:\/p:|-p\s+)(?=\S)/g),
  argument(
    'kubectl oc',
    /\s["']?--from-literal[=\s]+["']?(?!(?:user|username|host|port|email|name|url|region|db)=)[\w.-]{1,253}=(?=\S)/g,
  ),
  argument('aws', /\s--value[=\s]+(?=\S)/g, { when: /\sput-parameter\s.*SecureString|SecureString.*\sput-parameter/ }),
  argument('az', /\s--value[=\s]+(?=\S)/g, { when: /\skeyvault\s+secret\s+set\s/ }),
  argument('vault', /\s(?:value|data)=(?=[^\s@-])/g, { when: /\s(?:kv\s+put|write)\s/ }),
  argument('poetry composer', /\shttp-basic\.\S+\s+\S+\s+(?=[^\s-])/g),
  argument('schtasks schtasks.exe', /\s\/rp\s+(?=\S)/gi),
  argument('plink pscp psftp plink.exe pscp.exe', /\s-pw\s+(?=\S)/g),
  argument('ipmitool', /\suser\s+set\s+password\s+\d{1,3}\s+(?=\S)/g),
  argument('racadm', /AdminPassword\s+-i\s+\d{1,3}\s+(?=\S)/g),
  argument('mosquitto_passwd', /\s-[a-zA-Z]*b[a-zA-Z]*\s+\S+\s+\S+\s+(?=\S)/g),
  argument('etcdctl', /\suser\s+(?:add|passwd)\s+(?=[^\s:]+:)/g, { pair: ':' }),
  argument('virsh', /\sset-user-password\s+\S+\s+\S+\s+(?=[^\s-])/g),
  argument('mkpasswd', /\s(?=[^\s-]\S*\s*$)/g, { form: /\d.*[A-Za-z]|[A-Za-z].*\d/, when: /^(?!.*-m\s+\S+\s*$)/ }),
  argument('bw', /\s(?:unlock|login\s+\S+)\s+(?=[^\s-])/g),
  argument('security', /\sadd-(?:generic|internet)-password\s.{0,200}?-w\s+(?=[^\s-])/g),
  argument('dscl', /\s-passwd\s+\S+\s+(?=\S)/g),
  argument('samba-tool', /\suser\s+(?:create|add)\s+\S+\s+(?=[^\s-])/g),
  argument('neo4j-admin', /\sset-initial-password\s+(?=[^\s-])/g),
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
