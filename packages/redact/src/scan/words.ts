const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** Words that, at the end of a name, say that its value is a secret. */
export const secretWords = set(`password passwd passwort passphrase passcode pass passe pwd pword pswd secret token psk
  apikey authkey secretkey accesskey privatekey masterkey passwords secrets credential credentials creds cred pat
  mnemonic jwt authtoken accesstoken refreshtoken contrasena senha kennwort wachtwoord parola motdepasse heslo salasana adgangskode pw
  apitoken authtok clientsecret apisecret sharedsecret dbpassword userpassword storepass keypass seckey cryptkey`)

/** Endings of words written in one, such as `pgpassword` or `clientsecret`. */
export const secretEndings =
  /(?:password|passwd|passwort|passphrase|passwordhash|secret|token|apikey|secretkey|accesskey|privatekey|authkey|encryptionkey|signingkey|credentials?|(?:activation|license|licence|product)key|(?:db|ssh|user|root|admin|my|pg|smtp|ftp|mail|mysql|redis|ldap|http|proxy|require|master|become|sudo|login|default|bind|store|key|trust|rcon|svn|vnc|wifi|app)(?:pass|pwd|pw|auth))$/

/** Words before `key` that make it one that must be kept. */
export const keyKinds = set(`api access secret private encryption encrypt decryption signing sign account master auth
  shared license licence session storage service admin app application subscription deploy hmac webhook preshared pre
  aes des crypto cipher security functions function host-key sas cookie jwt ssh root unseal recovery integration
  ingest ingestion write writer server client consumer secure tsig rndc developer dev prod live test sandbox merchant
  token password token_signing authentication bot rest rpc push fcm gcm maps sdk hash-key data-encryption enc
  kms-data totp otp seed wallet validator node membership team partner vendor product activation serial validation wep wpa`)

/** Words before `key` whose value is a name, a place or public. */
export const openKeyKinds = set(`public pub cache sort primary foreign partition object group host map row idempotency
  index lookup dedup dedupe config registry hot unique composite range routing route message event i18n translation
  gpg pgp s3 redis registry keyboard translate shift answer major minor known ssh-host bucket storage-object label
  annotation context metric tag sharding shard join user field column node-modules lock hotkey dictionary json xml
  signing-public verify verification issue jira-issue project tsv socket`)

/** Words before `token` or `secret` that make the value harmless. */
export const openQualifiers = set(`max min num number total prompt completion input output cached next page nextpage
  continuation continue cancellation cancel pagination delimiter syntax parse unexpected invalid missing no stop pad
  eos bos unk condition import public device-count reasoning per load existing progress`)

/** Words after the secret word that turn the name into one about the secret instead of the secret itself. */
export const aboutWords = set(`file files path paths dir directory folder name names type types id ids uuid url urls
  uri endpoint endpoints host hosts len length size sizes count counter ttl expiry expires expiration expire expired
  lifetime duration age policy policies method methods version versions arn ref refs reference mode enabled enable
  disabled disable required format prefix suffix header label description hint prompt reset change changed update
  updated created creation rotation rotate rotated algorithm algorithms alg provider providers manager store backend
  accessor issuer audience scope scopes status state valid invalid index num number min max limit limits usage used
  left remaining timeout interval retries attempts attempt command cmd helper variable template pattern regex validator
  validation check checks checker strength complexity history stdin placeholder input form page link button message
  error errors warning event handler callback function class service client request response parser generator encoder
  encoding cache map list table column authentication auth owner role roles user username login at on date time
  timestamp kind source sources management engine engines key_path cipher review reviews renewal days hours seconds
  minutes through word words bits exchange fingerprint fingerprints checksum digest mgmt agent agents ring rings store_type bytes
  node nodes tag tags style styles idx field fields param params parameter parameters hash_algorithm cost rounds iterations saltlen lookup lookups
  position manager_arn revoked leaked needed supplied set unset rule rules level is_set present exists budget`)

/** Words that leave the sense of the name as it was. */
export const fillerWords = set(`value val base base64 b64 raw plain plaintext text new old current previous prev next
  default prod production dev development stage staging test testing live primary secondary main backup string str
  hash crypt encrypted enc salt internal external read write ro rw admin root user db env data content 1 2 3 confirm
  confirmation again repeat local remote master replica global key`)

/** Values that say something about a secret, or stand where one would be. */
export const statusWords = set(`null nil none undefined true false yes no on off string str text number int integer
  bool boolean object any unknown never void required optional invalid missing expired prompt empty set unset hidden
  masked redacted removed omitted sensitive secret password token key passwd username user name value example sample
  dummy fake placeholder todo tbd fixme changeme change_me change-me replaceme replace_me replace-me unchanged changed
  ok failed failure success disabled enabled default auto generated manual plain plaintext md5 sha1 sha256 sha512
  bcrypt scrypt argon2 argon2id sha-256 sha-512 scram-sha-256 basic bearer digest oauth oauth2 jwt opaque hashed
  encrypted stored environment env file vault keychain keyring stdin input ask interactive created deleted updated
  rotated revoked refreshed configured unconfigured unsupported supported found valid correct incorrect wrong mismatch
  match matches matched not-set notset not_set n/a na and or for is was the in from with to of a an are must has
  been will should cannot can if when was required. invalid. varchar char character blob bytea uuid json jsonb yaml
  internal external read write public private primary local remote aws gcp azure gcloud github gitlab docker
  kubernetes k8s store cache pass fail skip skipped readonly rotation authentication authorization expires expiry
  requisite sufficient include substack cookie session header query body form new old current this self me your
  my our their admin-password yourpassword yourtoken your_token your_password your-token your-password mysecret
  files compat sss nis chauthtok passed done also added option options flag argument which then it as by on at be this that
  ... -- - … eof user-id user_id key-id while foreach until async await typeof keyof readonly return const let var function new super`)
