import { describe, expect, test } from 'vitest'
import { createRedactor } from './index.ts'
import { expandSpecimen } from './testing/index.ts'

const redactor = createRedactor()
const secret = expandSpecimen('<w18>k<d2>')
const pair = btoa(`user:${expandSpecimen('<L12>')}`)
const fill = (line: string): string => line.replaceAll('{}', secret).replaceAll('{pair}', pair)

/** Where secrets stand in files, consoles and commands: name of the place, then lines with `{}` for the secret. */
const places: Readonly<Record<string, readonly string[]>> = {
  'env files and shells': ['export TOKEN="{}" # note', 'setenv AWS_SECRET_ACCESS_KEY {}', 'set -gx NPM_TOKEN {}'],
  compose: ['      - POSTGRES_PASSWORD={}', '    command: ["redis-server", "--requirepass", "{}"]'],
  helm: ['  adminPassword: {}', '--set auth.rootPassword={}'],
  'terraform variables': [
    'variable "db_password" { default = "{}" }',
    'variable "db_password" {\n  type = string\n  default = "{}"\n}',
  ],
  terraform: ['  ~ password = "{}" -> (known after apply)', '"primary_access_key": "{}"', '-var="db_password={}"'],
  ansible: ['become_password: !unsafe {}', 'web1 ansible_host=10.0.0.1 ansible_password={}'],
  workflows: ['::add-mask::{}', '##vso[task.setvariable variable=token;issecret=true]{}'],
  systemd: ['Environment="DB_PASSWORD={}" "PORT=1"', 'Environment=PORT=1 TOKEN={}'],
  'HTTP clients': ["curl -u 'admin:{}' https://x", 'curl -H "X-Api-Key: {}" https://x', 'wget --http-password={} x'],
  'database clients': ['mysqldump -h db -p{} d', 'mongosh -u a -p {} --quiet', 'ACL SETUSER bob on >{} ~* +@all'],
  addresses: ['jdbc:oracle:thin:scott/{}@//h:1521/x', 'amqp://guest:{}@mq:5672/%2f', 'Server=h;Uid=u;Password={};'],
  properties: ['hibernate.connection.password {}', 'spring.datasource.password: {}'],
  PHP: ["define('DB_PASSWORD', '{}');", '  ["password"]=>\n  string(21) "{}"', '    [password] => {}'],
  Python: ["{'user': 'a', 'password': '{}'}", "Settings(secret_key=SecretStr('{}'))"],
  Ruby: ["config.secret_key_base = '{}'", 'Parameters: {"user"=>{"password"=>"{}"}}'],
  'Go and Rust': ['{User:a Password:{} Port:1}', 'Config { password: Some("{}"), port: 1 }'],
  XML: [
    '<property name="connection.password">{}</property>',
    '<string name="api_key">{}</string>',
    '<wsse:Password Type="x">{}</wsse:Password>',
    '<clientSecret><![CDATA[{}]]></clientSecret>',
    '&lt;password&gt;{}&lt;/password&gt;',
    '<key>password</key>\n<string>{}</string>',
    '<key>password</key><string>{}</string>',
  ],
  INI: ['ldap_default_authtok = {}', 'bindpw {}', 'stats auth admin:{}', ': PSK "{}"'],
  'property lists and tables': [
    'password ........ {}',
    'Admin password ....: {}',
    'db.password \\= {}',
    'password=[{}]',
    '"adminPassword":{"value":"{}"}',
    '"DB_PASSWORD={} two"',
    'userPassword:: {pair}',
    'db.changeUserPassword("bob", "{}")',
    'proxy_set_header X-Api-Key Q{}aZ1q;',
    'Content-Disposition: form-data; name="password"\n\n{}',
    '<Password>\n  <Value>{}</Value>\n</Password>',
  ],
  'SQL by position': [
    "INSERT INTO users(name,password) VALUES ('anna','{}');",
    "insert into `t` (`id`, `api_key`, note) values (1, 'Q{}a', 'x, y'), (2, 'Q{}b', 'it''s')",
    "REPLACE INTO t (a, token) VALUES (now(), N'{}')",
  ],
  'names that are encoded': [
    '%7B%22password%22%3A%22{}%22%7D',
    'a=1%26password%3D{}%26x',
    '&quot;password&quot;:&quot;{}&quot;',
  ],
  'other languages': ['contraseña: {}', 'пароль: {}', '密码：{}', 'パスワード：{}', '"비밀번호": "{}"'],
  environments: ['A=b\0DB_PASSWORD={}\0HOME=/root', 'A=b^@API_TOKEN={}^@HOME=/root', 'PATH=/bin\\0TOKEN={}\\0X=1'],
  'web sockets': ['Sec-WebSocket-Protocol: bearer, Q{}aZ', 'sec-websocket-protocol: v1.chat, Q{}aZ'],
  'addresses and drivers': [
    'bob:{}@tcp(db:3306)/app?parseTime=true',
    'https://{}aZ:x-oauth-basic@github.com/o/r.git',
    'GET /callback?code=Q{}aZ&state=x HTTP/1.1',
    'https://h/verify?signature={}&expires=1',
  ],
  'what follows a name of its file': ['config/master.key:\n{}', '1) "requirepass"\n2) "{}"'],
  SQL: ["ALTER USER a IDENTIFIED BY '{}'", "OPTIONS (SECRET_ACCESS_KEY '{}')", "CREATE ROLE a PASSWORD '{}'"],
  HTTP: ['x-functions-key: {}', 'Set-Cookie: session={}; Path=/', '"authorization": "Bearer {}"'],
  'files of accounts': ['machine x.com\n  login a\n  password {}', 'db.example.com:5432:app:u:{}', '_auth={pair}'],
  'docker configuration': ['{"auths":{"x":{"auth":"{pair}"}}}'],
  sentences: ['The admin password is {}!x', 'Your new password is:\n\n{}'],
  'what a command is fed': [
    'cryptsetup open /dev/sdb1 x <<< {}',
    "$ sudo -S apt update <<< '{}'",
    "chpasswd <<< 'bob:{}'",
    "passwd bob <<< $'{}\\n{}'",
    "printf '{}\\n{}\\n' | passwd bob",
    'echo "{}" | su - root -c id',
    'rsync --password-file=<(echo {}) rsync://h/m',
  ],
  'lists of arguments': [
    'execve("/usr/bin/curl", ["curl", "-u", "bob:{}", "https://x"], 0x7f) = 0',
    '["mysql","-uroot","-p{}"]',
  ],
  'commands with a password of their own': [
    'curl -sSu bob:{} https://x',
    'openssl passwd -6 -salt ab {}',
    'kubectl create secret generic db --from-literal=conn={}',
    'aws ssm put-parameter --name x --type SecureString --value {}',
    'az keyvault secret set --vault-name v --name n --value {}',
    'vault kv put secret/db value={}',
    'etcdctl --user root:{} get x',
    'impdp system/{} schemas=x',
    'psexec.py CORP/bob:{}@10.0.0.1',
    'ipmitool user set password 2 {}',
    'mosquitto_passwd -b /etc/mosquitto/passwd bob {}',
    'virsh set-user-password vm bob {}',
    'mkpasswd -m sha-512 {}',
    'plink -ssh -pw {} bob@h',
    'schtasks /create /ru bob /rp {} /tn x',
    'bw unlock {}',
  ],
  commands: ['ssh-keygen -N {} -f k', 'rclone obscure {}', 'aws configure set aws_secret_access_key {}'],
}

describe.each(Object.entries(places))('in %s', (_, lines) => {
  test.each(lines)('%j', (line) => {
    const text = redactor.redact(fill(line)).text
    expect(text).toContain('[REDACTED:')
    expect(text).not.toContain(secret)
    expect(text).not.toContain(pair)
  })
})

test.each([
  'The password is incorrect!',
  'password is required!!',
  '<option name="token">Choose one</option>',
  '<string name="token">Jeton</string>',
  '<label for="password">Password</label>',
  '<key>token</key><integer>3</integer>',
  '<key>token</key><true/>',
  'PASSWORD=USER=',
  'primary_key = user_id_2024',
  'config.cache_key = users-page-12-of-40x',
  'set token limit 4096 for all',
  'ssh-keygen -N "" -f key',
  'Unseal Key Shares: 5',
  'GET /login?next=/home&code=200 HTTP/1.1',
  'https://h/cb?error=x&code=missing_parameter',
  'Sec-WebSocket-Protocol: graphql-transport-ws, chat',
  'пароль: неверный',
  '密码：********',
  'community: open source',
  'GPIO pin: 17',
  'status code: 200',
  'tests/backup_codes_test.rb',
  'seed phrase: write it down and keep it',
  'passphrase: enter the one that you chose',
  'rpm:a1b2:::x',
  'chpasswd: (user bob) pam_chauthtok() failed, error: x1y2z3',
  "INSERT INTO users(name,password) VALUES ('a1b2c3d4', ?)",
  "INSERT INTO users(name,token_count) VALUES ('a1b2c3d4','e5f6a7b8')",
  ' id | password | role ',
  '| Option | Token | Meaning |\n|---|---|---|\n| a1 | --token-file2 | abc1234 |',
  'NAME   READY   SECRET      AGE\nweb    True    web-tls-2   3d',
  'grep a1b2c3d4 <<< "some text a1b2"',
  'echo a1b2c3d4 | sudo tee /etc/x',
  'kubectl create secret generic db --from-literal=username=bob2',
  'kubectl create secret generic db --from-file=./password.txt',
  'aws ssm put-parameter --name x --type String --value eu-west-1',
  'openssl passwd -help',
  'docker run -p 127.0.0.1:8080:80/tcp nginx',
  'mkpasswd -m sha-512',
  'pam_unix(passwd:chauthtok): password changed for bob',
  '--- PASS: TestToken (0.00s)',
  'unexpected token: name2',
  'sid: S-1-5-21-1004336348-1177238915-682003330-512',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'secrets: [db_password, api_key]',
  'Bearer realm="https://h/token",service="registry.h2"',
  'Enter same passphrase again:',
  'existingSecret: app-secret-v2',
  'LoadCredential=db:/etc/creds/db1',
  'token_ttl ........ 24h',
  'variable "db_password" {\n  type = string\n}\nvariable "zone" {\n  default = "eu-1a"\n}',
  'output "password" { value = random_password.db.result }',
  '- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      key: pw1',
  '{"grant_type":"refresh_token","scope":"a1b2c3"}',
])('%j holds no secret', (line) => {
  expect(redactor.redact(line).text).toBe(line)
})
