/**
 * The body of the bootstrap script. Its variables are assigned in front of it.
 *
 * Order matters. The revocation list exists before a directive names it, because sshd refuses every key while it cannot
 * read that file. Another TrustedUserCAKeys is added to, never overruled: the first value wins in sshd_config, and other
 * people's logins hang on it.
 */
export const bootstrapSteps = String.raw`
say() { printf 'sshmcp: %s\n' "$*"; }
die() { printf 'sshmcp: %s\n' "$*" >&2; exit 1; }

work=$(mktemp -d)
changed=
committed=
# Each changed file: its copy in $work, or a mark that there was none.
remember() {
  slot=$work/undo.$(printf '%s' "$1" | tr / _)
  [ -e "$slot" ] || [ -e "$slot.none" ] || {
    if [ -e "$1" ]; then cp -p "$1" "$slot"; else : > "$slot.none"; fi
    printf '%s\n' "$1" >> "$work/undo.list"
  }
  changed=yes
}
undo() {
  slot=$work/undo.$(printf '%s' "$1" | tr / _)
  if [ -e "$slot.none" ]; then rm -f "$1"; else cp -p "$slot" "$1.sshmcp-new" && mv -f "$1.sshmcp-new" "$1"; fi
}
# The revocation list goes last, and only when sshd has let go of it: without it no key at all would be taken.
roll_back() {
  [ -s "$work/undo.list" ] || return 0
  while IFS= read -r path; do [ "$path" = "$krl_file" ] || undo "$path"; done < "$work/undo.list"
  if ! reload_sshd; then say "the reload after rolling back failed; $krl_file stays. Look at sshd."; return 0; fi
  if grep -qxF -- "$krl_file" "$work/undo.list"; then undo "$krl_file"; fi
  say 'rolled back: the files are as they were'
}
finish() {
  status=$?
  trap - EXIT HUP INT TERM
  if [ -n "$changed" ] && [ -z "$committed" ]; then roll_back; fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

# Replaces a file in one step, and only when its contents differ.
put() {
  if [ -e "$1" ] && cmp -s "$2" "$1"; then return 0; fi
  remember "$1"
  if [ -e "$1" ]; then cp -p "$1" "$1.sshmcp-new"; else : > "$1.sshmcp-new" && chmod "$3" "$1.sshmcp-new"; fi
  cat "$2" > "$1.sshmcp-new"
  mv -f "$1.sshmcp-new" "$1"
  if command -v restorecon >/dev/null 2>&1; then restorecon "$1" || :; fi
  say "wrote $1"
}

reload_sshd() {
  if [ -n "$reload_command" ]; then sh -c "$reload_command"; return; fi
  for unit in ssh sshd; do
    if command -v systemctl >/dev/null 2>&1 && systemctl reload "$unit" 2>/dev/null; then return 0; fi
    if command -v rc-service >/dev/null 2>&1 && rc-service "$unit" reload 2>/dev/null; then return 0; fi
    if command -v service >/dev/null 2>&1 && service "$unit" reload >/dev/null 2>&1; then return 0; fi
  done
  for pid_file in /run/sshd.pid /var/run/sshd.pid; do
    if [ -r "$pid_file" ]; then kill -HUP "$(cat "$pid_file")"; return; fi
  done
  return 1
}

# The version in the head of a revocation list, as hex digits: nothing for an empty file, "other" for another format.
krl_version() {
  [ -s "$1" ] || return 0
  case $(od -An -v -tx1 -N8 "$1" | tr -d ' \n') in 5353484b524c0a00) ;; *) echo other; return 0 ;; esac
  od -An -v -tx1 -j12 -N8 "$1" | tr -d ' \n'
}
# Hex digits of one length sort as the numbers do.
is_newer() { [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | LC_ALL=C sort | tail -n 1)" = "$1" ]; }

effective() { "$sshd_program" -T -f "$config" 2>/dev/null | awk -v name="$1" 'tolower($1) == name { print $2; exit }'; }

# --- Before anything is touched
[ "$(id -u)" = 0 ] || die 'run this as root'
[ "$(date +%s)" -lt "$expires" ] || die 'this script is too old for its test login: print a new one'
[ -n "$sshd_program" ] || sshd_program=$(command -v sshd || printf '/usr/sbin/sshd')
[ -x "$sshd_program" ] || die "there is no sshd at $sshd_program"
[ -f "$config" ] || die "there is no $config"
[ ! -L "$config" ] || config=$(readlink -f "$config")
for tool in ssh awk cmp base64 od sort; do command -v "$tool" >/dev/null 2>&1 || die "the test needs $tool on this host"; done
"$sshd_program" -t -f "$config" || die 'the configuration of sshd is broken already: nothing was changed'
# "none" is how sshd says that nothing is set; some versions say nothing at all.
other_ca=$(effective trustedusercakeys)
other_krl=$(effective revokedkeys)
case $other_krl in none|''|"$krl_file") ;; *) die "RevokedKeys is $other_krl already: merge the two by hand; nothing was changed" ;; esac
[ ! -e "$krl_file" ] || [ "$(krl_version "$krl_file")" != other ] ||
  die "$krl_file is no list of ours: move it away or merge the two by hand; nothing was changed"
case $other_ca in none|''|"$ca_file") other_ca= ;; esac
other_ca_target=$other_ca
[ ! -L "$other_ca" ] || other_ca_target=$(readlink -f "$other_ca")

# --- The revocation list, before a directive names it
printf '%s\n' "$ca_key" > "$work/ca"
if [ -n "$krl_base64" ]; then printf '%s' "$krl_base64" | base64 -d > "$work/krl"; else : > "$work/krl"; fi
if [ ! -e "$krl_file" ]; then
  put "$krl_file" "$work/krl" 644
elif is_newer "$(krl_version "$work/krl")" "$(krl_version "$krl_file")"; then
  # sshd reads it at the next login: a damaged one must not even be there for a moment.
  if command -v ssh-keygen >/dev/null 2>&1; then
    ssh-keygen -Q -f "$work/krl" "$work/ca" >/dev/null || die 'the new revocation list is damaged, or revokes the CA itself'
  fi
  put "$krl_file" "$work/krl" 644
fi

# --- The key of the CA
put "$ca_file" "$work/ca" 644
if [ -n "$other_ca" ] && ! grep -qxF -- "$ca_key" "$other_ca"; then
  { cat "$other_ca"; [ -z "$(tail -c 1 "$other_ca")" ] || echo; cat "$work/ca"; } > "$work/other_ca"
  say "TrustedUserCAKeys is $other_ca already: adding our key to that file"
  put "$other_ca_target" "$work/other_ca" 644
fi

# --- The directives
trusted=$ca_file
[ -z "$other_ca" ] || trusted=$other_ca
{
  echo '# Written by sshmcp. Trusts its certificate authority for user logins.'
  [ -n "$other_ca" ] || printf 'TrustedUserCAKeys %s\n' "$ca_file"
  printf 'RevokedKeys %s\n' "$krl_file"
} > "$work/directives"
if grep -Eiq "^[[:space:]]*include[[:space:]]+$drop_in_folder/\*\.conf" "$config" && [ -d "$drop_in_folder" ]; then
  put "$drop_in_folder/50-sshmcp.conf" "$work/directives" 600
else
  # Without a folder that is included: at the top, since the first value wins and a Match block would swallow the rest.
  { echo '# sshmcp begin'; cat "$work/directives"; echo '# sshmcp end'
    awk '/^# sshmcp begin$/ { skip = 1 } !skip { print } /^# sshmcp end$/ { skip = 0 }' "$config"; } > "$work/config"
  put "$config" "$work/config" 600
fi

# --- What sshd makes of it
"$sshd_program" -t -f "$config" || die 'sshd does not take the new configuration'
[ "$(effective trustedusercakeys)" = "$trusted" ] || die "sshd does not use TrustedUserCAKeys $trusted: another line wins"
[ "$(effective revokedkeys)" = "$krl_file" ] || die "sshd does not use RevokedKeys $krl_file: another line wins"
if command -v ssh-keygen >/dev/null 2>&1 && [ -s "$krl_file" ]; then
  ssh-keygen -Q -f "$krl_file" "$ca_file" >/dev/null || die "$krl_file is damaged, or revokes the CA itself"
fi
if [ -n "$changed" ]; then reload_sshd || die 'sshd could not be reloaded'; fi

# --- A login with a certificate
printf '%s' "$test_key" > "$work/key"
printf '%s\n' "$test_certificate" > "$work/key-cert.pub"
port=$(effective port)
listen=$("$sshd_program" -T -f "$config" 2>/dev/null | awk 'tolower($1) == "listenaddress" { print $2; exit }')
address=$(printf '%s' "$listen" | sed -e 's/:[0-9]*$//' -e 's/^\[//' -e 's/\]$//')
case $address in 0.0.0.0|'') address=127.0.0.1 ;; ::) address=::1 ;; esac
log_in() {
  ssh -F none -i "$work/key" -o CertificateFile="$work/key-cert.pub" -o IdentitiesOnly=yes -o BatchMode=yes \
    -o IdentityAgent=none -o PreferredAuthentications=publickey -o ConnectTimeout=10 -o LogLevel=ERROR \
    -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null \
    -p "$port" -l "$login" "$address" true
}
tries=0
until log_in </dev/null 2>"$work/said"; do
  tries=$((tries + 1))
  [ "$tries" -lt 3 ] || die "the test login as $login failed: $(tail -n 1 "$work/said" | tr -d '\r')"
  sleep 1
done
committed=yes
if [ -n "$changed" ]; then say 'done: a login with a certificate works'; else say 'nothing to change: a login with a certificate works'; fi
`
