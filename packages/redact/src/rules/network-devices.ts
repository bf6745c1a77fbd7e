/** Lines of routers, switches, firewalls and name servers. From the command references of their makers. */
export const networkDevices = String.raw`
# Cisco IOS and NX-OS, Arista EOS, Juniper Junos, Fortinet FortiOS, Huawei VRP
snmp-community  snmp-server,snmp community,rocommunity,rwcommunity,trapcommunity,com2sec  (?:snmp-server community|snmp-server host \S{1,60}(?: traps| informs)?(?: version (?:1|2c))?|snmp community|r[ow]community6?|trapcommunity|com2sec6?(?: -Cn \S{1,40})? \S{1,60} \S{1,60})\s{1,4}"?([^\s"]{3,60})  snmp-server host 10.0.0.1 version 2c <w10>  com2sec readonly default <w9>  snmp-server location here  rocommunity  stop=public,version,traps,informs
snmp-user-secret  createUser  createUser\s{1,4}\S{1,60}\s{1,4}(?:MD5|SHA(?:-\d{3})?)\s{1,4}([^\s].{3,200})  createUser mon SHA "<w20>" AES "<w15>"  createUser a MD5 <w12>  createUser mon  createUsers mon SHA "<w20>"
snmp-auth-secret  auth md5,auth sha,priv des,priv aes,priv 3des  (?:auth (?:md5|sha(?:-?\d{3})?)|priv (?:3?des|aes(?:[ -]?(?:128|192|256))?)) (?:[0-9] )?"?([^\s"]{6,200})  snmp-server user m g v3 auth sha <w12>  priv aes 128 <w14>  auth sha only  priv aes 128  anycase mixed
router-key  tacacs-server,radius-server,isakmp,pre-shared-key  (?:(?:tacacs|radius)-server(?: host \S{1,60}(?: \S{1,20} \d{1,5}){0,4})? key|isakmp key|pre-shared-key(?: local| remote| ascii-text| hexadecimal| address \S{1,60}(?: \S{1,60})? key)?) (?:[0-9] )?"?([^\s"]{4,120})  tacacs-server key 7 <X20>  pre-shared-key address 0.0.0.0 key <w12>  radius-server timeout 5  isakmp key  entropy=2
device-type-key  key 5,key 6,key 7,key 8,key 9  key [5-9] "?([0-9A-Fa-f]{8,120}|\$[^\s"]{10,120})"?(?:\s|$)  key 7 <X12>  server-private key 7 "<X20>"  key 7 of 12  key 9 <w20>
key-string  key-string  key-string (?:[0-9] |encrypted |password )?"?([^\s"]{4,200})  key-string 7 <X12>  key-string <w10>  key-string  key-strings <w12>
routing-authentication-key  message-digest-key,authentication-key  (?:message-digest-key \d{1,3} md5|authentication-key(?: \d{1,5} (?:md5|sha\d?|sha-?\d{3}|type \w{1,20} value))?) (?:[0-9] )?"?([^\s";]{4,200})  ip ospf message-digest-key 1 md5 7 <X12>  authentication-key "<w12>"; ## SECRET-DATA  ntp authentication-key 1 md5  authentication-keys <w12>
gateway-authentication  standby,vrrp,glbp  (?:standby|vrrp|glbp) \d{1,3} authentication (?:text |md5 key-string )?(?:[07] )?"?([^\s"]{3,60})  standby 1 authentication <w9>  vrrp 3 authentication md5 key-string 7 <X12>  standby 1 priority 110  standby 1 authentication md5 key-chain a  stop=md5,text
wireless-psk  wpa-psk  wpa-psk (?:ascii|hex) (?:[0-9] )?"?([^\s"]{8,64})  wpa-psk ascii 0 <w12>  security wpa-psk hex <x64>  wpa-psk ascii  wpa-psk auto <w12>
encrypted-setting  word ENC,secret ENC,passwd ENC,key ENC,psk ENC  (?:word|secret|passwd|key|psk) ENC ([A-Za-z0-9+/=]{16,400})  set password ENC <B43>=  set psksecret ENC <B60>=  set password ENC  print keys ENC <B43>=  inword
device-password  password encrypted,password cipher,password irreversible,password simple,password hash  password (?:encrypted|cipher|irreversible-cipher|simple|hash)(?: level \d)? (?:[0-9] )?"?([^\s"]{4,200})  password encrypted <X12>  password cipher <w16>  password hash algorithm  password simple as  anycase mixed
junos-secret  "$9$  "(\$9\$[A-Za-z0-9.\/-]{4,200})"  secret "$9$<w12>";  authentication-key "$9$<w20>"  "$9$"  "$8$<w12>"  inword
# BIND: "Dynamic update", "dnssec-keygen"
tsig-key  hmac-  hmac-(?:md5|sha\d{1,3})(?:\.sig-alg\.reg\.int)?:[\w.-]{1,100}:([A-Za-z0-9+/]{16,200}={0,2})  nsupdate -y hmac-sha256:k:<B43>=  dig -y hmac-md5:a.b.:<B22>== @h  hmac-sha256:k:  hmac-sha256-128
dnssec-private-key  PrivateExponent,Prime1,Prime2,Exponent1,Exponent2,Coefficient  (?:PrivateExponent|Prime[12]|Exponent[12]|Coefficient): ([A-Za-z0-9+/]{20,800}={0,2})  PrivateExponent: <B60>=  Prime1: <B42>==  PrivateExponent: none  PublicExponent: <B60>=
# Linux wireless tools
wireless-key-line  wireless-key  wireless-key\d? ([^\s]{5,64})  wireless-key1 <w12>  wireless-key <x10>  wireless-key1  wireless-keys <w12>  mixed
wireless-key  key s:,key 0:,key 1:,key 2:,key 3:  key (?:s|[0-3]):([^\s"]{5,64})  iwconfig wlan0 key s:<w6>  iw dev wlan0 connect a key 0:<x10>  key 0: a  key 9:<w12>
`
