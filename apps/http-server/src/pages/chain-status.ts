import { type Html, html } from './html.ts'

/** What the verifier says of the stretch of the journal that is shown. */
export interface Verified {
  readonly from_seq: number
  readonly to_seq: number
  readonly verdict: string
}

const verify = html`<code class="whole">sshmcp audit verify</code>`

const sayings: Readonly<Record<string, readonly ['good' | 'fair' | 'bad', string, string | Html]>> = {
  OK_ANCHORED: ['good', 'Whole, signed and anchored.', 'A copy of the signature is kept elsewhere and agrees.'],
  OK_SIGNED: [
    'good',
    'Whole and signed.',
    html`Not anchored: whoever holds the key and the folder could have rewritten it. ${verify} checks all of it.`,
  ],
  OK_CHAIN_ONLY: ['fair', 'Whole, but not signed.', 'Its end may be missing, and this alone would not show it.'],
  INCOMPLETE_TAIL: [
    'fair',
    'Whole, and after it bytes that a crash left half-written.',
    'They were never acknowledged. The next start closes them.',
  ],
  EMPTY: ['fair', 'Nothing was written yet.', 'The first call writes the first entry.'],
  MISSING: ['bad', 'The journal is gone.', 'Something was written here and is missing. Stop, and look at the machine.'],
  TRUNCATED: ['bad', 'The end of the journal is missing.', html`Entries that were signed are gone. Run ${verify}.`],
  TAMPERED: ['bad', 'The journal is not as it was written.', html`Run ${verify}: it names the first bad entry.`],
  FORKED: ['bad', 'An anchor holds another history.', html`Run ${verify} on the machine of the server.`],
}

/** The state of the chain, at the top of what is shown from it. Never a bare yes: it says what the proof rests on. */
export function chainStatus({ from_seq, to_seq, verdict }: Verified): Html {
  const [tone, words, more] = sayings[verdict] ?? ['bad', `The verifier says ${verdict}.`, html`Run ${verify}.`]
  const stretch = to_seq > from_seq ? html`Entries ${from_seq} to ${to_seq} were checked just now.` : ''
  return html`<div class="note ${tone}" role="${tone === 'bad' ? 'alert' : 'status'}">
<p><strong>The chain: ${words}</strong> ${stretch}</p><p class="quiet">${more}</p></div>`
}
