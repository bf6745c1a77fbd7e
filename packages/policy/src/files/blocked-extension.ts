/**
 * The blocked extension that a file name has; undefined when it has none. Case, width and ligatures do not matter, nor do
 * dots and blanks at the end or characters that cannot be seen, and an extension counts wherever it stands: `a.sh.gz` has
 * `.sh`, as does `a.sh:stream` on Windows.
 */
export function blockedExtension(name: string, blocked: readonly string[]): string | undefined {
  const [, ...extensions] = plain(name).split('.')
  const all = extensions.map((extension) => `.${extension.trim()}`).join('')
  return blocked.find((extension) => `${all}.`.includes(`${plain(extension)}.`))
}

const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .replace(invisible, '')
    .toLowerCase()
    .replaceAll(':', '.')
    .replace(/[\s.]+$/, '')
}
