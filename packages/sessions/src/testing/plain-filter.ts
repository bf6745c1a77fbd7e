import type { OutputFilter } from '../output-filter.ts'

/** A filter that finds nothing. */
export function plainFilter(): OutputFilter {
  return { write: (text) => text, end: () => '', findings: {} }
}

/** A filter that masks one word, wherever its pieces fall: it holds back what could be the word's beginning. */
export function wordFilter(word: string): () => OutputFilter {
  return () => {
    const findings: Record<string, number> = {}
    let held = ''
    const mask = (text: string) =>
      text.replaceAll(word, () => {
        findings.word = (findings.word ?? 0) + 1
        return '[masked]'
      })
    return {
      findings,
      write(text) {
        const whole = mask(held + text)
        let keep = Math.min(whole.length, word.length - 1)
        while (keep > 0 && !word.startsWith(whole.slice(whole.length - keep))) keep--
        held = whole.slice(whole.length - keep)
        return whole.slice(0, whole.length - keep)
      },
      end: () => held,
    }
  }
}
