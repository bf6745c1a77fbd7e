/** Secrets that stand where a program, a protocol or a language wants them. From their manuals and RFCs. */
export const programs = String.raw`
# Redis: AUTH, HELLO, ACL, MONITOR, sentinel.conf
redis-auth  AUTH  AUTH (?:[\w.-]{1,40} )?([^\s"]{4,200})(?:\s{1,4}$|$)  AUTH <w12>  10.0.0.1:6379> AUTH default <w14>  AUTH required  NOAUTH Authentication required  lead=(?:^|>\s) inword mixed stop=md5,oauth,scram
redis-hello-auth  HELLO  HELLO [23] AUTH \S{1,60} ([^\s"]{4,200})  HELLO 3 AUTH default <w12>  HELLO 2 AUTH a <w20>  HELLO 3 SETNAME a  HELLO 3 AUTH
redis-monitored-auth  "AUTH"  "AUTH",? (?:"[^"]{0,60}",? )?"([^"]{3,200})"  "AUTH" "<w12>"  [0 10.0.0.1:51] "auth" "default" "<w20>"  "AUTH" required  "AUTHOR" "<w12>"  anycase inword
redis-monitored-setting  "requirepass","masterauth"  "(?:requirepass|masterauth)",? "([^"]{3,200})"  "CONFIG" "SET" "requirepass" "<w12>"  "masterauth", "<w9>"  "requirepass"  "requirepass" ""  anycase inword
redis-acl-password  on >,on #  on (?:[~&+%-]\S{1,60} |nopass |resetpass |sanitize-payload ){0,6}[>#]([^\s]{4,200})  user worker on ><w12> ~* +@all  ACL SETUSER a on #<x64>  ACL SETUSER bob on ~*  turn on >a  lead=(?:user|USER|setuser|SETUSER)\s\S{1,60}\s
redis-sentinel-password  auth-pass  auth-pass \S{1,60} "?([^\s"]{3,200})  sentinel auth-pass mymaster <w12>  auth-pass a "<w9>"  auth-pass mymaster  auth-path a <w12>
# SMTP, IMAP, FTP, IRC
smtp-auth  AUTH  AUTH (?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|SCRAM-SHA-\d{1,3}) ([A-Za-z0-9+/]{8,4000}={0,2})(?:\s|$)  AUTH PLAIN <B20>  C: AUTH LOGIN <B14>==  250-AUTH PLAIN LOGIN  AUTH LOGIN OAUTHBEARER  stop=oauthbearer
imap-login  LOGIN  LOGIN (?:"[^"]{1,80}"|[^\s"]{1,80}) "?([^\s"]{4,200})"?\s{0,2}$  a001 LOGIN bob <w12>  C: A1 LOGIN "bob" "<w9>"  LOGIN bob <w12>  a001 LOGIN bob  inword lead=(?:^|[:>]\s)[A-Za-z]{0,4}\d{1,6}\s
ftp-password  PASS  PASS ([^\s\/\\"]{4,100})(?:[\s\\"]|$)  PASS <w12>  331 ok > PASS <w16>  PASS src/a/token.test.ts  PASS ok  inword mixed stop=test lead=(?:^|[>:"]\s{0,2}|quote\s|\d{3}\s)
irc-password  IDENTIFY,OPER  (?:IDENTIFY|OPER \S{1,40}) ([^\s]{4,100})\s{0,2}$  /msg NickServ IDENTIFY <w10>  OPER bob <w12>  IDENTIFY yourself  please IDENTIFY <w12>  inword lead=(?:^|[Nn]ick[Ss]erv\s:?) mixed
# HTTP
spnego-token  Negotiate,NTLM  (?:Negotiate|NTLM) ([A-Za-z0-9+/]{24,16000}={0,2})  WWW-Authenticate: Negotiate oYG2<B100>=  NTLM TlRMTVNTUAAB<B60>  WWW-Authenticate: Negotiate  Negotiate terms  entropy=3
websocket-bearer  base64url.bearer.  base64url\.bearer\.authorization\.k8s\.io\.([A-Za-z0-9_-]{16,4000})  base64url.bearer.authorization.k8s.io.<b80>  p: base64url.bearer.authorization.k8s.io.<b40>, v4.channel.k8s.io  base64url.bearer.authorization.k8s.io  base64.bearer.authorization.k8s.io.<b80>
saml-response  SAMLResponse=,PHNhbWxwOlJlc3BvbnNl,PHNhbWwycDpSZXNwb25zZ  (?:SAMLResponse=|PHNhbWxwOlJlc3BvbnNl|PHNhbWwycDpSZXNwb25zZ)[A-Za-z0-9+/%=_-]{40,16000}  SAMLResponse=PHNhbWxwOlJlc3BvbnNl<B200>  PHNhbWwycDpSZXNwb25zZ<B100>==  SAMLResponse=none  SAMLRequest=<B100>
cas-ticket  TGT-,PGT-  (?:PGT|TGT)-\d{1,9}-[A-Za-z0-9-]{20,120}  CASTGC=TGT-1-<w50>-cas01  pgt=PGT-12-<w40>  TGT-1-<w5>  TGX-1-<w50>
cas-service-ticket  ticket=ST-  ticket=(ST-\d{1,9}-[A-Za-z0-9-]{20,120})  ?ticket=ST-123-<w32>-cas  &ticket=ST-1-<w20>  ticket=ST-1  ticket=TS-1-<w32>
# Databases
sql-password  identified  identified\s{1,4}(?:by|with\s{1,4}\S{1,40}\s{1,4}(?:by|as))\s{1,4}(?:password\s{1,4})?["']([^"'\s;]{3,200})  CREATE USER a IDENTIFIED BY '<w19>'  identified with sha256_password by "<w12>"  identified by  identified as "<w12>"  anycase
oracle-password  IDENTIFIED  IDENTIFIED BY ([^"'\s;]{4,100})  CREATE USER a IDENTIFIED BY <w19>;  ALTER USER a IDENTIFIED BY <w12>  IDENTIFIED BY  IDENTIFIED AS <w12>  stop=values
oracle-url-password  jdbc:oracle:  jdbc:oracle:(?:thin|oci8?):[\w$#.]{1,60}\/([^\s@/]{1,128})@  jdbc:oracle:thin:scott/<w12>@//h:1521/x  u=jdbc:oracle:oci:app/<w9>@h  jdbc:oracle:thin:@//h:1521/x  jdbc:oracle:thin:/@h
sql-encryption-key  pgp_sym_,aes_encrypt,aes_decrypt  (?:pgp_sym_(?:en|de)crypt(?:_bytea)?|aes_(?:en|de)crypt)\((?:'[^']{0,200}'|[^'(),]{0,80}), ?'([^']{3,200})'  SELECT pgp_sym_encrypt('x', '<w12>')  AES_DECRYPT(data, '<w9>')  aes_encrypt(data, k)  pgp_sym_decrypt(a)  anycase
sql-pragma-key  PRAGMA  PRAGMA (?:re|hex)?key ?= ?["']?(?:x')?([^"'\s;]{4,200})  PRAGMA key = '<w12>';  pragma rekey="<w20>"  PRAGMA key  PRAGMA key_count = 12  anycase
mongodb-shell-auth  db.auth(  db\.auth\(\s{0,2}["'][^"']{1,60}["'], ?["']([^"']{3,200})  db.auth("bob", "<w12>")  db.auth('a','<w9>')  db.auth("bob")  db.authx("bob", "<w12>")
pgpass-line  :5432:,:5433:,:6432:,:*:,:3306:  :(?:\d{2,5}|\*):[\w*-]{1,60}:[\w*.@-]{1,60}:([^\s:]{3,200})\r?$  localhost:5432:*:app:<w20>  db.example.com:*:*:app:<w12>  localhost:5432:5432  daemon:*:19723:0:99999:7:::  lead=^[\w.*-]{1,90}
rpc-auth  rpcauth=  rpcauth=[^\s:]{1,60}:([0-9a-f]{16,64}\$[0-9a-f]{64})  rpcauth=bob:<x32>$<x64>  rpcauth=a:<x16>$<x64>  rpcauth=bob  rpcauths=bob:<x32>$<x64>
# Files that hold accounts
wifi-code  WIFI:  WIFI:(?:[A-OQ-Z]:[^;\s]{0,80};){1,3}P:([^;\s]{4,80});  WIFI:T:WPA;S:Home;P:<w12>;;  WIFI:S:a;T:WPA;P:<w9>;  WIFI:T:nopass;S:a;;  WIFI: P:<w12>;
openwrt-wireless-key  option key,wireless.  (?:option key |wireless\.[\w@\[\]-]{1,60}\.key=)'([^']{8,64})'  option key '<w12>'  uci set wireless.@wifi-iface[0].key='<w9>'  option keys '<w12>'  wireless.radio0.channel='36'
sip-register  register =>  register => [^\s:]{1,60}:([^\s@:]{3,100})  register => bob:<w12>@sip.example.com/100  register => 100:<w9>@h  register => bob@sip  registers => bob:<w12>
wordpress-salt  AUTH_KEY',AUTH_SALT',LOGGED_IN_KEY',LOGGED_IN_SALT',NONCE_KEY',NONCE_SALT'  (?:AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT)', {1,12}'([^']{32,100})'  define('NONCE_SALT', '<w30>!@ {<w15>');  define('SECURE_AUTH_KEY', '<w20> <w20>|x');  define('AUTH_KEY', 'short');  define('AUTH_KEYS', '<w40>');  inword
sasl-password  ]:2,]:4,]:5  \]:\d{2,5}\s{1,8}[^\s:]{1,100}:([^\s]{4,200})  [a.example.com]:587 b@example.com:<w17>  [a]:25 b:<w9>  [a.example.com]:587  [a.example.com]:587 b  inword
ppp-secret  * ",pptpd,l2tpd,xl2tpd  (?:\*|pptpd|x?l2tpd)\s{1,8}"?([^\s"]{4,120})"?\s{1,8}(?:\*|\d|"\*")  bob * "<w12>" *  "bob" pptpd <w9> *  bob * "hello"  daemon pptpd started  inword lead=^\s{0,4}"?[\w@.\\-]{1,60}"?\s{1,8}
ipsec-secret  : RSA,: ECDSA,: PKCS8,: EAP,: XAUTH,: NTLM,: PSK  : (?:RSA|ECDSA|PKCS8|EAP|XAUTH|NTLM|PSK) (?:[^\s"]{1,80} )?"([^"]{3,200})"  : RSA moon.pem "<w12>"  bob : EAP "<w9>"  : RSA moon.pem  : DSA moon.pem "<w12>"  inword
haproxy-stats-password  stats auth  stats auth [^\s:]{1,60}:([^\s]{3,200})  stats auth admin:<w12>  x stats auth a:<w20>  stats auth  stats auth admin
kickstart-password  rootpw  rootpw (?:--[a-z-]{3,12} ){0,3}([^\s-][^\s]{3,200})  rootpw --plaintext <w9>  rootpw <w12>  rootpw --lock  rootpws <w12>  mixed
kerberos-key  cts-hmac-sha,arcfour-hmac  (?:cts-hmac-sha[\w-]{1,12}|arcfour-hmac)\)\s{1,4}\(0x([0-9a-f]{32}|[0-9a-f]{48}|[0-9a-f]{64})\)  (aes256-cts-hmac-sha1-96) (0x<x64>)  (arcfour-hmac) (0x<x32>)  (aes256-cts-hmac-sha1-96) (0x<x16>)  (aes256-ctr) (0x<x64>)  inword
samba-hash  XXXXXXXXXXXXXXXX  X{32}:([0-9A-F]{32}):\[  bob:1000:XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX:<X32>:[U  a:1:XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX:<X32>:[W ]:LCT-5F000000:  XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX:<X9>:[  XXXXXXXXXXXXXXXX:<X32>:[  inword
# Calls that take a name and its password
driver-password  new PDO(,DriverManager.getConnection(  (?:new PDO|DriverManager\.getConnection)\((?:"[^"]{0,200}"|'[^']{0,200}'|[\w.]{1,60}), ?["'][^"']{0,80}["'], ?["']([^"']{3,200})["']  new PDO("mysql:host=h;dbname=d", "root", "<w12>")  DriverManager.getConnection(url, "sa", "<w9>")  DriverManager.getConnection(url)  new PDO($dsn, $user, $pass)
mysqli-password  mysqli_connect(,mysql_connect(,mysqli(  mysqli?(?:_connect)?\(["'][^"']{0,80}["'], ?["'][^"']{0,80}["'], ?["']([^"']{3,200})["']  mysqli_connect("localhost", "root", "<w12>", "db")  new mysqli('h', 'u', '<w9>')  mysqli_connect($h, $u, $p)  mysqli_query("a", "b", "<w12>")
login-call  .login(  \.login\(["'][^"']{1,80}["'], ?["']([^"']{3,200})["']\)  smtp.login('u@example.com', '<w12>')  s.login("bob", "<w9>a1")  page.login('bob', 'the form')  api.login("bob")  inword mixed
basic-auth-call  auth=(,BasicAuth(,DigestAuth(  (?:auth=|BasicAuth|DigestAuth)\(["'][^"']{1,80}["'], ?["']([^"']{3,200})["']\)  requests.get(u, auth=('bob', '<w12>'))  HTTPBasicAuth("bob", "<w9>")  auth=(user, password)  auth=('bob')  inword
spoken-credential  redentials  redentials?(?::| are| is)? {0,2}["']?[\w.@\\-]{1,60} ?[\/:] ?([^\s"']{4,100})  Credentials: admin / <w12>  using credentials bob:<w9>a1  credentials: include/all  credentials file: ~/.aws/x  inword mixed
login-success  Success: '  Success: '[^':]{1,80}:([^']{1,100})'  [+] 10.0.0.1:445 - Success: 'x\bob:<w12>'  Success: 'bob:<w9>'  Success: 'done'  Failed: 'bob:<w9>'
# Commands and shells
erlang-cookie  -setcookie  -setcookie\s{1,4}([A-Za-z0-9_-]{6,60})  -setcookie <A20>  erl -setcookie <w20>  -setcookie  -setcookies <w20>
erlang-cookie-setting  erlang.cookie,erlang_cookie  erlang[._]cookie["']?\s?[=:]\s?["']?([^\s"']{6,60})  erlang.cookie = <A20>  RABBITMQ_ERLANG_COOKIE=<A20>  erlang.cookie =  erlang.cookies = <A20>  anycase inword
jenkins-secret  {AQAAABAAAA  \{AQAAABAAAA[A-Za-z0-9+/=]{20,800}\}  <secretBytes>{AQAAABAAAAA<B43>=}</secretBytes>  t={AQAAABAAAAA<B43>=}  {AQAAABAAAA}  {AQAAABBBBB<B43>=}  inword
login-flag  -auth,login=  (?:-auth |login=)[\w.@-]{1,60}:([^\s"']{6,200})  jenkins-cli -auth bob:<x34>  cache_peer p parent 3128 0 login=bob:<w12>  -auth bob  login=bob:word  inword mixed
consul-encrypt-flag  -encrypt  -encrypt[= ]["']?([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{22}==)  consul agent -encrypt=<B43>=  nomad server -encrypt <B22>==  -encrypt aes  -encrypted=<B43>=  inword
kerberos-admin-password  addprinc,change_password,cpw -pw  (?:addprinc|change_password|cpw)(?: [^\s"]{1,60}){0,4}? -pw ["']?([^\s"']{4,100})  addprinc -pw <w12> bob  addprinc +needchange -pw <w9> bob  addprinc bob  addprinc -policy a bob
password-command  extpass,password-command,passcommand,passwordeval  (?:extpass|password-command|passcommand|passwordeval)["']?[= ]{1,3}["'](?:echo|printf) ["']?([^\s"'$]{3,200})  gocryptfs -extpass "echo <w12>" a b  BORG_PASSCOMMAND="echo <w9>"  --password-command "pass show x"  passwordeval "cat f"  anycase inword
secure-string  ConvertTo-SecureString  ConvertTo-SecureString (?:-String )?["']([^"']{3,200})["']  ConvertTo-SecureString "<w9>" -AsPlainText  ConvertTo-SecureString -String '<w12>'  ConvertTo-SecureString $x  ConvertTo-SecureStrings "<w9>"  anycase
expect-password  send ",send -- "  send (?:-- )?"([^\s"\\$]{4,100})\\r  send "<w10>\r"  expect -c 'send -- "<w12>\r"'  send "show version\r"  send "exit\r"  mixed
workflow-mask  ::add-mask::  ::add-mask::([^\s]{4,400})  ::add-mask::<w20>  x ::add-mask::<w40>  ::add-mask::  ::add-path::<w20>
pipeline-secret  issecret=true  issecret=true[^\]\s]{0,60}\]([^\s]{4,400})  ##vso[task.setvariable variable=t;issecret=true]<w20>  issecret=true;isoutput=true]<w9>  issecret=true]  issecret=false]<w20>  anycase
kubeadm-certificate-key  certificate-key  certificate-key[= ]"?([0-9a-f]{64})  --certificate-key <x64>  certificate-key=<x64>  --certificate-key a  certificate-keys <x64>
# Vault, Consul, Nomad
unseal-key  Unseal Key,Recovery Key  (?:Unseal|Recovery) Key \d{1,2}(?: \([^)]{1,40}\))?:\s{1,4}([A-Za-z0-9+/=]{40,100})  Unseal Key 1: <B44>  Recovery Key 12 (will be hidden): <x64>  Unseal Key 1:  Unseal Key Shares: 5
vault-secret-id  secret_id,secret-id,secretid,secret id  secret[_ -]?id["']?\s{0,40}[:= ]\s{0,40}["']?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})  SecretID = <uuid>  "secret_id":"<uuid>"  secret_id_ttl 0  role_id: <uuid>  anycase
consul-gossip-key  encrypt  encrypt["']?\s{0,4}[:=]\s{0,4}["']([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{22}==)["']  encrypt = "<B43>="  "encrypt":"<B22>=="  encrypt = true  encrypted = "<B43>="
consul-initial-token  initial_management,agent_recovery  (?:initial_management|agent_recovery)["']?\s{0,4}[:=]\s{0,4}["']?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})  "initial_management": "<uuid>"  agent_recovery = "<uuid>"  initial_management  initial_managements = "<uuid>"
# Clouds
azure-listed-key  "primary,"secondary  "(?:primary|secondary)(?:Master|Readonly|ReadonlyMaster)?Key"\s{0,2}:\s{0,2}"([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==|[0-9a-f]{32})"  "primaryKey": "<B43>="  "secondaryMasterKey":"<B86>=="  "primaryKey": "id"  "tertiaryKey": "<B43>="  inword
azure-storage-key-entry  "keyName"  "keyName"\s?:\s?"[\w-]{1,40}",\s?"permissions"\s?:\s?"\w{1,20}",\s?"value"\s?:\s?"([A-Za-z0-9+/]{86}==)"  {"keyName":"key1","permissions":"FULL","value":"<B86>=="}  "keyName": "k", "permissions": "Full", "value": "<w86>=="  "keyName":"key1"  "keyTitle":"key1","permissions":"FULL","value":"<B86>=="  inword
kms-plaintext  "Plaintext"  "Plaintext"\s{0,2}:\s{0,2}"([A-Za-z0-9+/]{16,8000}={0,2})"  {"Plaintext":"<B43>="}  "Plaintext": "<w40>"  "Plaintext": "no"  "PlaintextSize": "<w40>"  inword
docker-auth-blob  eyJhdXRocyI6,ewoJImF1dGhzIjog,eyJ1c2VybmFtZSI6  (?:eyJhdXRocyI6|ewoJImF1dGhzIjog|eyJ1c2VybmFtZSI6)[A-Za-z0-9+/=_-]{20,16000}  eyJhdXRocyI6<w90>==  x: eyJ1c2VybmFtZSI6<B60>  eyJhdXRocyI6<w9>  eyJhdXRocyJ6<w90>
ecr-password  eyJwYXlsb2FkIjoi  eyJwYXlsb2FkIjoi[A-Za-z0-9+/=]{100,8000}  eyJwYXlsb2FkIjoi<B900>  p eyJwYXlsb2FkIjoi<w300>  eyJwYXlsb2FkIjoi<w9>  eyJwYXlsb2FkIjoj<w300>
# Codes that are sent or shown to a person
spoken-code  verification code,verification_code,security code,security_code,one-time,login code,login_code,authentication code,authentication_code,confirmation code,confirmation_code,pairing code,pairing_code,unlock code,unlock_code,recovery code,recovery_code,backup code,backup_code,sign-in,authenticator code,authenticator_code,access code,access_code  (?:verification|security|one-time|login|authentication|confirmation|pairing|unlock|recovery|backup|sign-in|authenticator|access)[ _-](?:code|password|passcode|pin)["']?(?: is| was|:| =|=) ?["']?(\d{3}[ -]?\d{3}|\d{4}|\d{5}|\d{7,10})(?:[\s.,;"']|$)  Your verification code is <d6>.  unlock_code = <d8>  security code 12  status code: 200  anycase inword
paseto-token  v1.local.,v2.local.,v3.local.,v4.local.  v[1-4]\.local\.[A-Za-z0-9_-]{40,8000}(?:\.[A-Za-z0-9_-]{1,2000})?  v4.local.<b120>.<b20>  t=v2.local.<b100>  v2.local.<w9>  v4.public.<b100>
`
