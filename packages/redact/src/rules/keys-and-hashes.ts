/** Forms that belong to no vendor: web tokens, password hashes, keys of tools. From their RFCs, manuals and source. */
export const keysAndHashes = String.raw`
# RFC 7519; header and payload begin with {" in base64url
jwt  eyJ  eyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{6,12000}(?:\.[A-Za-z0-9_-]{0,1500}){0,3}  eyJ<b20>.eyJ<b60>.<b43>  t=eyJ<w30>.eyJ<w90>.<b86>  eyJ<b20>  eyJ<b20>.<b3>
jwt-escaped  ZXlK  ZXlK[A-Za-z0-9+/]{80,16000}={0,2}  ZXlK<B160>  d=ZXlK<B120>==  ZXlK<w9>  ZXlL<B160>
private-key-base64  LS0tLS1CRUdJTi  LS0tLS1CRUdJTi[A-Za-z0-9+/]{0,40}(?:QUklWQVRF|BSSVZBVEUg|UFJJVkFURS)[A-Za-z0-9+/]{40,16000}={0,2}  LS0tLS1CRUdJTiBSU0EgUFJJVkFURS<B200>==  k: LS0tLS1CRUdJTiBFQyBQUklWQVRF<B100>  LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0<B100>  LS0tLS1CRUdJTi<w9>
jwk-private-key  "d":","d": "  "d": ?"([A-Za-z0-9_-]{40,900})"  {"kty":"EC","crv":"P-256","d":"<b43>","x":"<b43>"}  "d": "<b86>"  {"d":"<b20>"}  {"x":"<b43>"}  inword entropy=4
minisign-secret-key  RWRTY0Iy,RWQAAEIy,RWRCSw  RW(?:RTY0Iy|QAAEIy|RCSw)[A-Za-z0-9+/]{100,240}={0,2}  RWRTY0Iy<B204>  RWRCSw<B134>==  RWRTY0Iy<B20>  RWQf6LRC<B50>
age-secret-key  AGE-SECRET-KEY-1,AGE-PLUGIN-  AGE-(?:SECRET-KEY-1|PLUGIN-[A-Z0-9-]{2,20}1)[A-Z0-9]{40,120}  AGE-SECRET-KEY-1<u58>  k=AGE-PLUGIN-YUBIKEY-1<u60>  AGE-SECRET-KEY-1<u9>  age1<l58>
openssh-key-body  b3BlbnNzaC1rZXktdjE  b3BlbnNzaC1rZXktdjE[A-Za-z0-9+/]{30,16000}={0,2}  b3BlbnNzaC1rZXktdjE<B51>  k=b3BlbnNzaC1rZXktdjE<B400>==  b3BlbnNzaC1rZXktdjE  b3BlbnNzaC1rZXktdjF<B51>
pkcs8-key-body  MIIEvQIBADANBgkqhkiG9w0BAQEFAASC,MIIEvgIBADANBgkqhkiG9w0BAQEFAASC,MIIEvAIBADANBgkqhkiG9w0BAQEFAASC,MIIJQgIBADANBgkqhkiG9w0BAQEFAASC,MIIJQwIBADANBgkqhkiG9w0BAQEFAASC  MII[EJ][vQ][QgAw]IBADANBgkqhkiG9w0BAQEFAASC[A-Za-z0-9+/]{30,16000}={0,2}  MIIEvQIBADANBgkqhkiG9w0BAQEFAASC<B32>  k=MIIJQgIBADANBgkqhkiG9w0BAQEFAASC<B900>=  MIIEvQIBADANBgkqhkiG9w0BAQEFAASC  MIIEvQIBADANBgkqhkiG9w0BAQEFAATC<B32>
# crypt(5) and its relatives
crypt-hash  $1$,$5$,$6$,$7$,$y$,$gy$,$2a$,$2b$,$2y$,$2x$,$sha1$,$md5$,$sm3$  \$(?:[1567y]|gy|2[abxy]|sha1|md5|sm3)\$(?:rounds=\d{1,9}\$|j[A-Za-z0-9.\/]{1,6}\$|\d{2}\$|\d{1,7}\$)?([A-Za-z0-9.\/]{1,40}\$?[A-Za-z0-9.\/]{22,120})  $6$<w16>$<w86>  $2b$12$<w53>  $6$<w5>  $8$<w16>$<w86>  inword
crypt-hash-apache  $apr1$  \$apr1\$[A-Za-z0-9.\/]{1,8}\$([A-Za-z0-9.\/]{22})  $apr1$<w8>$<w22>  a:$apr1$<w8>$<w22>  $apr1$<w8>  $apr2$<w8>$<w22>  inword
yescrypt-hash  $y$,$gy$,$7$  \$(?:g?y|7)\$[A-Za-z0-9.\/]{2,20}\$[A-Za-z0-9.\/]{1,86}\$([A-Za-z0-9.\/]{43})  $y$j9T$<w22>$<w43>  x:$gy$j9T$<w22>$<w43>:1  $y$j9T$<w5>  $z$j9T$<w22>$<w43>  inword
argon2-hash  $argon2  \$argon2(?:id|i|d)\$(?:v=\d{1,3}\$)?[a-z0-9=,]{5,60}\$([A-Za-z0-9+/=]{8,90}\$[A-Za-z0-9+/=]{16,180})  $argon2id$v=19$m=65536,t=3,p=4$<w22>$<w43>  h=$argon2i$v=19$m=4096,t=3,p=1$<w22>$<w43>  $argon2id$v=19  $argon3id$v=19$m=65536,t=3,p=4$<w22>$<w43>  inword
scrypt-hash  $scrypt$,scrypt:  (?:\$scrypt\$[a-z0-9=,]{5,40}\$|scrypt:\d{1,9}:\d{1,4}:\d{1,4}\$)([A-Za-z0-9+/=]{6,90}\$[A-Za-z0-9+/=]{30,180})  scrypt:32768:8:1$<w16>$<x128>  $scrypt$ln=16,r=8,p=1$<w22>$<w43>  scrypt:32768  scrypt:x:8:1$<w16>$<x128>  inword
pbkdf2-hash  pbkdf2  pbkdf2(?:_sha(?:1|256|512)|-sha(?:1|256|512)|:sha(?:1|256|512)|)[$:](?:i=)?\d{1,8}[$:,](?:l=\d{1,4}\$)?([A-Za-z0-9+/=.]{6,100}[$:][A-Za-z0-9+/=.]{20,180})  pbkdf2_sha256$600000$<w22>$<B43>=  x=pbkdf2:sha256:260000$<w16>$<x64>  pbkdf2_sha256$600000  pbkdf3_sha256$600000$<w22>$<B43>=
grub-hash  grub.pbkdf2.  grub\.pbkdf2\.sha512\.\d{3,7}\.([0-9A-F]{64,256}\.[0-9A-F]{64,256})  grub.pbkdf2.sha512.10000.<X128>.<X128>  x grub.pbkdf2.sha512.65536.<X128>.<X128>  grub.pbkdf2.sha512.10000  grub.pbkdf3.sha512.10000.<X128>.<X128>
phpass-hash  $P$,$H$  \$[PH]\$([A-Za-z0-9.\/]{31})  $P$B<w30>  p=$H$9<w30>  $P$B<w9>  $Q$B<w30>  inword
ldap-hash  {SHA},{SSHA,{MD5},{SMD5},{CRYPT},{SHA2,{SHA5,{SASL}  \{S?(?:SHA|MD5|CRYPT)(?:256|384|512)?\}([A-Za-z0-9+/=$.]{20,180})  {SSHA}<B32>==  u:{SHA}<B27>=  {SSHA}  {XSHA}<B32>  anycase inword
mysql-hash  | *,'*[0-9A-F]  (?:\| |')\*([0-9A-F]{40})  | root | *<X40> |  AS '*<X40>'  | *<X9> |  '*<x40>g'  inword
mysql-sha2-hash  $A$0  \$A\$0\d{2}\$([^\s'"]{20}[A-Za-z0-9.\/]{43})  $A$005$<w63>  '$A$005$<w63>'  $A$005$<w9>  $B$005$<w63>  inword
postgres-scram-hash  SCRAM-SHA-256$  SCRAM-SHA-256\$\d{1,7}:([A-Za-z0-9+/=]{16,60}\$[A-Za-z0-9+/=]{40,50}:[A-Za-z0-9+/=]{40,50})  SCRAM-SHA-256$4096:<B22>==$<B43>=:<B43>=  'SCRAM-SHA-256$4096:<B22>==$<B43>=:<B43>='  SCRAM-SHA-256$4096  SCRAM-SHA-1$4096:<B22>==$<B43>=:<B43>=
postgres-md5-hash  'md5,"md5  ["']md5([0-9a-f]{32})["']  'md5<x32>'  x "md5<x32>" y  'md5<x9>'  'md6<x32>'  inword
windows-hash  :aad3b435b51404eeaad3b435b51404ee:,:AAD3B435B51404EE  :(aad3b435b51404eeaad3b435b51404ee:[0-9a-f]{32})  a:500:aad3b435b51404eeaad3b435b51404ee:<x32>:::  b:1001:AAD3B435B51404EEAAD3B435B51404EE:<X32>:::  a:500:aad3b435b51404ee:  a:500:<x30>:<x32>:::  anycase inword
kerberos-hash  $krb5  \$krb5(?:tgs|asrep|pa)\$\d{1,2}\$([^\s]{40,4000})  $krb5tgs$23$*u$R$s*$<x32>$<x400>  $krb5asrep$23$u@R:<x32>$<x200>  $krb5tgs$23$  $krb6tgs$23$*u$R$s*$<x32>$<x400>  inword
cisco-hash  $8$,$9$,$14$  \$(?:8|9|14)\$([A-Za-z0-9.\/]{4,14}\$[A-Za-z0-9.\/]{22,60})  $8$<w14>$<w43>  s 9 $9$<w14>$<w43>  $8$<w14>  $8$<w2>  inword
otpauth-secret  otpauth://  otpauth:\/\/[a-z]{4,9}\/[^\s?]{0,200}\?(?:[a-z]{1,12}=[^\s&]{0,80}&){0,4}?secret=([A-Za-z2-7=]{8,128})  otpauth://totp/A:b?secret=<T32>&issuer=A  otpauth://hotp/A?issuer=A&secret=<T16>  otpauth://totp/A:b?issuer=A  otpauth://totp/A?secret=
wireguard-key  PrivateKey,PresharedKey,privatekey,presharedkey,preshared-key  (?:PrivateKey|PresharedKey|preshared-key)\s{0,8}[ =:]\s{0,8}([A-Za-z0-9+/]{42,43}=)  PrivateKey = <B43>=  presharedkey=<B43>=  PrivateKey = (hidden)  PublicKey = <B43>=  anycase
bitcoin-extended-key  xprv,yprv,zprv,tprv  [xyzt]prv[1-9A-HJ-NP-Za-km-z]{100,112}  xprv<s107>  k=zprv<s107>  xprv<s9>  xpub<s107>
azure-sas-signature  sig=,Sig=  [?&]?sig=([A-Za-z0-9%+/]{40,60}(?:%3[dD]|=){1,2})  sig=<B43>=  ?sv=1&sig=<w43>%3D  sig=<w9>  signature=<w9>
aws-signature  X-Amz-Signature=,X-Amz-Security-Token=  X-Amz-(?:Signature|Security-Token)=([A-Za-z0-9%+/=]{40,3000})  X-Amz-Signature=<x64>  &X-Amz-Security-Token=<w200>%3D  X-Amz-Signature=  X-Amz-SignedHeaders=host  anycase
google-signature  X-Goog-Signature=  X-Goog-Signature=([0-9a-f]{64,1024})  X-Goog-Signature=<x512>  &X-Goog-Signature=<x256>  X-Goog-Signature=<x9>  X-Goog-SignedHeaders=host
sops-age-key  SOPS_AGE_KEY=  SOPS_AGE_KEY=(AGE-[A-Z0-9-]{40,120})  SOPS_AGE_KEY=AGE-SECRET-KEY-1<u58>  x SOPS_AGE_KEY=AGE-SECRET-KEY-1<u58>  SOPS_AGE_KEY=  SOPS_AGE_KEY_FILE=/a
`
