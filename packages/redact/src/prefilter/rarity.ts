/** The pairs of characters that listings, logs, source and JSON are made of, the commonest first; 0 is any digit. */
const commonPairs =
  '  00 00 ines "re0.t onroster.0 r-0lis oo-rot: 0-deteatthore --lesecotiacr-n ":entaan0:paalnted tungets s",nsd am:0itto a pibs/ngetck ciopyhed0 indagispearrius/smefine.t l jrw |ec| urma poraoms", ..elloouutchmd $rcilllb0srhaca {- clrthoexprw-ce:acttrve figkaasdinosituic u.pl ods.kessea.c0aty }__ ( mc/g aprssur f0dy -c =js daue-) 0"0ee.na0bt/nilayp n= ulja0f ocr./ebe"a og0cjugittn-npsot.olycienc-ssc .ai/lt" e bifevdaademnf/ce0ep/gb/hiidrrimlsmp/to u0befo -e/a0ytudruupptfash'
/** And the characters, in the same way. */
const commonCharacters = ' 0etsroainc-ld."u'

/** Words that are met far more often than their pairs would tell. */
const commonWords = `access address array author class config connection const date debug default dependencies description
  development error export file function hostname https import index information install interface kernel key library
  license locale message module name node_modules number object package password process public publickey python
  repository request require response return scripts secret service session share started status string system test
  time token type update user value version void warning`
const wordShare = 0.0005

/** How often a text has the pairs of a literal, and its windows of three or four: rough shares of all places. */
export interface Rarity {
  readonly ofPair: (at: number) => number
  readonly ofWindow: (from: number, to: number) => number
}

/** Near enough to what was counted. */
const pairShareAt = (rank: number): number => 0.25 / (rank + 30)
const characterShareAt = (rank: number): number => 0.25 / (rank + 4)

function shares(common: string, size: number, shareAt: (rank: number) => number): (text: string) => number {
  const known = new Map<string, number>()
  for (let at = common.length - size; at >= 0; at -= size) {
    const text = common.slice(at, at + size)
    known.set(text, shareAt(at / size) / 10 ** (text.split('0').length - 1))
  }
  const rarest = shareAt(2 * known.size)
  return (text) => known.get(text) ?? rarest
}

/** Every three and four characters of a text. */
function windowsOf(text: string): ReadonlySet<string> {
  const windows = new Set<string>()
  for (let at = 0; at < text.length; at++) windows.add(text.slice(at, at + 3)).add(text.slice(at, at + 4))
  return windows
}

/** A function that knows, for any literal, how rare the parts of its first `reach` characters are. */
export function createRarity(reach: number): (literal: string) => Rarity {
  const pairShare = shares(commonPairs, 2, pairShareAt)
  const characterShare = shares(commonCharacters, 1, characterShareAt)
  const inWords = windowsOf(commonWords)
  return (literal) => {
    const text = literal.slice(0, reach).toLowerCase().replace(/\d/g, '0')
    const form = text.split('')
    const pairs = form.map((character, at) => pairShare(character + (form[at + 1] ?? '')))
    // Each character given the one before.
    const following = form.map((character, at) => Math.min(1, (pairs[at] ?? 1) / characterShare(character)))
    return {
      ofPair: (at) => pairs[at] ?? 1,
      ofWindow: (from, to) => {
        let share = pairs[from] ?? 1
        for (let at = from + 1; at < to - 1; at++) share *= following[at] ?? 1
        return inWords.has(text.slice(from, to)) ? Math.max(share, wordShare) : share
      },
    }
  }
}
