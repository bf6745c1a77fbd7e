import type { RemoteProcess } from '@sshmcp/transport'

/** A process that we started and want ended. */
export interface ProcessToEnd {
  /** The login shell's process id, as the fence reported it. */
  readonly pid: string
  /** Shells of our other commands on the same connection: what belongs to them is left alone. */
  readonly others: readonly string[]
  /** True when no other command ran on this connection since this one started: then a stray of the connection is its child. */
  readonly ranAlone: boolean
  /** True over the command's own connection: both shells then come from the same server process, which is checked. */
  readonly sameConnection: boolean
  /** A word in the environment of the process and of all its children, by which they are known over another connection. */
  readonly mark?: string
}

/** The line that is asked for; the script comes on standard input, so that no login shell's quoting matters. */
export function endLine(target: ProcessToEnd, marker: string): string {
  return `sh -s -- ${endArguments(target, marker).join(' ')}`
}

/** What the script is told. */
export function endArguments({ pid, others, ranAlone, sameConnection, mark }: ProcessToEnd, marker: string) {
  return [marker, pid, ranAlone ? 'alone' : 'shared', mark ?? (sameConnection ? 'same' : 'other'), ...others]
}

/** What the script found; anything but its own fenced word is `unknown`. */
export function endVerdict(output: string, marker: string): RemoteProcess {
  const word = output
    .split('\n')
    .findLast((line) => line.startsWith(`${marker} `))
    ?.slice(marker.length + 1)
  return word === 'dead' || word === 'alive' ? word : 'unknown'
}

/**
 * Ends a process with everything that descends from it, and looks what is left. POSIX sh with /proc, else with ps; tried on
 * OpenSSH and Dropbear, dash, bash and BusyBox.
 *
 * Whose process it is: the shell must descend from the server process that serves this very connection (over another one:
 * carry the mark, where there is one), or its process group must have outlived it (a group's number is not given away while
 * it has members). Anything else is not touched.
 */
export const endScript = `
LC_ALL=C
mark=$1 root=$2 mode=$3 from=$4
shift 4
others=" $* "
space=$IFS
say() { echo "$mark $1"; exit 0; }
scan() {
  if [ -r /proc/self/stat ]; then
    for f in /proc/[0-9]*/stat; do
      l=
      read -r l <"$f" || [ -n "$l" ] || continue
      r=\${l##*) }
      n=\${l%% *}
      set -- $r
      [ $# -ge 20 ] || continue
      [ "$2$3" = 20 ] && continue
      echo "$n:$2:$3:$4:$1:\${20}"
    done 2>/dev/null
  else
    ps -A -o pid= -o ppid= -o pgid= -o state= 2>/dev/null | while read -r p q g t; do
      echo "$p:$q:$g:$g:\${t%"\${t#?}"}:0"
    done
  fi
}
split() { IFS=:; set -- $1; IFS=$space; p=$1 q=$2 g=$3 s=$4 t=$5 b=$6; }
has() { case $1 in *" $2 "*) return 0 ;; esac; return 1; }
of() { p= q= g= s= t= b=; for e in $all; do case $e in "$1":*) split "$e"; return 0 ;; esac; done; return 1; }
family() {
  set="$1" grew=1
  while [ $grew = 1 ]; do
    grew=0
    for e in $all; do
      split "$e"
      has "$set" "$p" && continue
      if has "$set" "$q" || has "$2" "$g" || has "$2" "$s"; then set="$set$p " grew=1; fi
    done
  done
}
carries() {
  if [ $greps = yes ]; then grep -qF "$tag" "$1" 2>/dev/null; return; fi
  while l=; read -r l || [ -n "$l" ]; do
    case $l in *"$tag"*) return 0 ;; esac
  done 2>/dev/null <"$1"
  return 1
}
strays() {
  if [ $greps = yes ]; then
    for f in $(grep -lF "$tag" /proc/[0-9]*/environ 2>/dev/null); do
      f=\${f#/proc/}
      echo "\${f%/environ}"
    done
    return
  fi
  for f in /proc/[0-9]*/environ; do
    carries "$f" || continue
    f=\${f#/proc/}
    echo "\${f%/environ}"
  done 2>/dev/null
}
look() {
  all=$(scan)
  of $$ || say unknown
  family " $$ $login " " "
  mine=$set theirs=" "
  if [ "$others" != "  " ]; then family "$others" "$others"; theirs=$set; fi
  family "$known" " $root "
  known=$set live=" " loose=" "
  for e in $all; do
    split "$e"
    case $t in Z|X|x) continue ;; esac
    has "$known" "$p" && live="$live$p "
  done
  [ -n "$tag" ] || return 0
  for n in $(strays); do
    has "$mine$known$theirs" "$n" && continue
    of "$n" || continue
    case $t in Z|X|x) continue ;; esac
    [ -n "$born" ] && [ "$b" -lt "$born" ] && continue
    if [ "$mode" = alone ] && [ -n "$born" ]; then live="$live$n " known="$known$n "; else loose="$loose$n "; fi
  done
}
strike() {
  [ $leads = yes ] && kill -s "$1" -- "-$root" 2>/dev/null
  for n in $live; do kill -s "$1" "$n" 2>/dev/null; done
}
tag= born=
case $from in
same) [ -z "$SSH_CONNECTION" ] || tag="SSH_CONNECTION=$SSH_CONNECTION" ;;
other) ;;
# Nothing else carries the mark, so it matters not when it was born.
*) tag=$from born=0 ;;
esac
# BusyBox's grep sees nothing behind a NUL; reading with the shell, which skips NULs, is slower.
greps=no
printf 'a\\0b' | grep -qF b 2>/dev/null && greps=yes
all=$(scan)
of $$ || say unknown
session=$s login=
of "$PPID" && server=$PPID && [ "$s" = "$session" ] && login=$PPID server=$q
known=" $root " leads=no
if of "$root"; then
  case $t in
  Z|X|x) leads=yes ;;
  *)
    born=$b up=$q
    [ "$g" = "$root" ] && leads=yes
    if [ "$from" = same ]; then
      while [ "$up" != "$server" ]; do
        of "$up" || say unknown
        case $q in ''|0|1) say unknown ;; esac
        up=$q
      done
    elif [ -n "$tag" ] && [ -r "/proc/$root/environ" ]; then
      carries "/proc/$root/environ" || say unknown
    fi ;;
  esac
else
  known=" " leads=yes
fi
look
for wait in 1 2 3 4 5 6 7 8; do
  [ "$live" = " " ] && break
  [ $wait = 1 ] && strike TERM
  sleep 0.1 2>/dev/null || sleep 1
  look
done
for wait in 1 2 3 4 5; do
  [ "$live" = " " ] && break
  strike KILL
  sleep 0.1 2>/dev/null || sleep 1
  look
done
[ "$live" = " " ] || say alive
case $(kill -0 -- "-$root" 2>&1) in *ermitted*) say alive ;; esac
# What ended a command beside this one may be ending itself.
for wait in 1 2 3 4 5; do
  [ "$loose" = " " ] && break
  sleep 0.1 2>/dev/null || sleep 1
  look
done
[ "$loose" = " " ] || say unknown
say dead
`
