/**
 * Asks a host what it is. Read by `sh` from standard input, so that no login shell has to quote it; shell builtins and
 * /proc alone, save for `uname` and `df`, so that it works on BusyBox and on a host with next to nothing installed.
 */
export const factsScript = `
section() { printf '\\n@@%s\\n' "$1"; }
show() { [ -r "$1" ] || return 0; while IFS= read -r line || [ -n "$line" ]; do printf '%s\\n' "$line"; done < "$1"; }
section os; if [ -r /etc/os-release ]; then show /etc/os-release; else show /usr/lib/os-release; fi
section kernel; uname -srm 2>/dev/null
section hostname; if [ -r /proc/sys/kernel/hostname ]; then show /proc/sys/kernel/hostname; else uname -n 2>/dev/null; fi
section uptime; show /proc/uptime
section load; show /proc/loadavg
section cpu; if [ -r /proc/cpuinfo ]; then n=0; m=
while IFS= read -r line; do case $line in processor*:*) n=$((n+1));; 'model name'*:*) m=\${line#*: };; esac; done < /proc/cpuinfo
printf '%s\\n%s\\n' "$n" "$m"; fi
section memory; if [ -r /proc/meminfo ]; then
while IFS= read -r line; do case $line in MemTotal:*|MemFree:*|MemAvailable:*|SwapTotal:*|SwapFree:*) printf '%s\\n' "$line";; esac; done < /proc/meminfo; fi
section disks; df -P -k 2>/dev/null
section end
exit 0
`
