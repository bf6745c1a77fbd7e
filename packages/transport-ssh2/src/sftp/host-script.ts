/** The constant line; what to do comes on standard input, so that no login shell has to quote a path. */
export const scriptLine = 'sh'

/** A file on the host, in bytes: the folder with every link followed, and the name in it. */
export interface Located {
  readonly folder: Uint8Array
  readonly name: Uint8Array
}

/** What is to be true of a file before it gets another name. */
export interface Wanted {
  readonly length: number
  /** Lower-case hex. */
  readonly sha256: string
  readonly replace: boolean
}

/**
 * POSIX scripts that stand in a folder while they work, so that nobody can move the folder away under them or put a link in
 * its place: version 3 of the protocol knows paths only. Each says one word of ours and what it found; start-up files may print
 * as well. Run by `sh`, whose single quotes leave nothing but themselves to escape.
 *
 * @param word no output begins a line with it by chance
 */
export function readingScript(file: Located, length: number, word: string): Buffer {
  return script(file, word, `${plainFile}${reading(length)}say "$l \${h%% *}"\n`)
}

/** -T: a folder, or a link to one, that gets the new name in this very moment is no place to put the file into. */
export function placingScript(file: Located, name: Uint8Array, wanted: Wanted, word: string): Buffer {
  const place = wanted.replace
    ? `if [ -h "$t" ] || { [ -e "$t" ] && [ ! -f "$t" ]; }; then say exists; fi
mv -f -T "$f" "$t" || exit 6
`
    : `ln -T "$f" "$t" || { if [ -e "$t" ] || [ -h "$t" ]; then say exists; fi; exit 6; }
rm -f "$f"
`
  const compare = `if [ "$l $s \${h%% *}" != '1 ${wanted.length} ${wanted.sha256}' ]; then say different; fi\n`
  const body = `t=./${quoted(name)}\n${plainFile}${reading(wanted.length)}${compare}${place}say placed\n`
  return script(file, word, body)
}

/** A plain file or a link; `rm` itself refuses a folder. */
export function removingScript(file: Located, word: string): Buffer {
  const body = `if [ ! -h "$f" ] && [ ! -f "$f" ]; then say elsewhere; fi\nrm -f "$f" || exit 6\nsay removed\n`
  return script(file, word, body)
}

/** What a script said behind its word; undefined when it said nothing: no such programs, a forced command, no shell. */
export function saidBy(output: string, word: string): string | undefined {
  const line = output.split('\n').find((candidate) => candidate.startsWith(`${word} `))
  return line?.slice(word.length + 1)
}

/** A name may end in a line break, which `$(…)` takes away unless something follows. */
function script({ folder, name }: Located, word: string, body: string): Buffer {
  const head = `LC_ALL=C; export LC_ALL
say() { printf '\\n%s %s\\n' '${word}' "$1"; exit 0; }
d=${quoted(folder)}
f=./${quoted(name)}
cd -P "$d" && [ "$(pwd -P; echo .)" = "$d
." ] || say elsewhere
`
  return Buffer.from(head + body, 'latin1')
}

const plainFile = `if [ -h "$f" ] || [ ! -f "$f" ]; then say elsewhere; fi\n`

/**
 * The number of names in `l`, the size in `s`, the SHA-256 of the first bytes in `h`. openssl comes first: it uses the processor's own
 * SHA-256, several times as fast as what coreutils does without a library. It reads a file of just that length itself, which
 * costs a third less than a pipe; if the file has grown meanwhile, it is read once more.
 */
const reading = (length: number): string => `look() { l=$(ls -ldn "$f") || exit 5; set -f; set -- $l; l=$2 s=$5; }
sum() { if [ "$s" = ${length} ]; then "$@" <"$f"; else head -c ${length} "$f" | "$@"; fi; }
hash() {
h=
if command -v openssl >/dev/null 2>&1; then h=$(sum openssl dgst -sha256 -r) || h=; fi
if [ -z "$h" ] && command -v sha256sum >/dev/null 2>&1; then h=$(sum sha256sum) || exit 4; fi
if [ -z "$h" ]; then h=$(sum shasum -a 256) || exit 4; fi
}
look
a=$s
hash
look
if [ "$s" != "$a" ]; then hash; fi
`

function quoted(bytes: Uint8Array): string {
  return `'${Buffer.from(bytes).toString('latin1').replaceAll("'", "'\\''")}'`
}
