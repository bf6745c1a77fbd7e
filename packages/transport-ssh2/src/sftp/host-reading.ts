import type { HostReading } from '@sshmcp/transport'

/** The constant line; what to do comes on standard input, so that no login shell has to quote a path. */
export const readingLine = 'sh'

/**
 * A POSIX script that prints how many names a file has and the SHA-256 of its first bytes, behind a word of our own: start-up
 * files may print as well. openssl comes first: it uses the processor's own SHA-256, several times as fast as what
 * coreutils does without a library. Run by `sh`, whose single quotes leave nothing but themselves to escape.
 */
export function readingScript(path: Uint8Array, length: number, marker: string): Buffer {
  const quoted = Buffer.from(path).toString('latin1').replaceAll("'", "'\\''")
  const script = `LC_ALL=C; export LC_ALL
f='${quoted}'
if [ -h "$f" ] || [ ! -f "$f" ]; then exit 3; fi
h=
if command -v openssl >/dev/null 2>&1; then h=$(head -c ${length} "$f" | openssl dgst -sha256 -r) || h=; fi
if [ -z "$h" ] && command -v sha256sum >/dev/null 2>&1; then h=$(head -c ${length} "$f" | sha256sum) || exit 4; fi
if [ -z "$h" ]; then h=$(head -c ${length} "$f" | shasum -a 256) || exit 4; fi
l=$(ls -ld "$f") || exit 5
set -f; set -- $l
printf '\\n%s %s %s\\n' '${marker}' "$2" "\${h%% *}"
exit 0
`
  return Buffer.from(script, 'latin1')
}

/** Reads the answer; undefined when there is none in it: no such programs, a forced command, an account without a shell. */
export function readingFrom(answer: string, marker: string): HostReading | undefined {
  const line = answer.split('\n').find((candidate) => candidate.startsWith(`${marker} `))
  const [, links, sha256] = /^ (\d{1,9}) ([0-9a-f]{64})$/.exec(line?.slice(marker.length) ?? '') ?? []
  return links === undefined || sha256 === undefined ? undefined : { links: Number(links), sha256 }
}
