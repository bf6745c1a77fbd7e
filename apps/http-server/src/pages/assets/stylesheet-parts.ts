/** The parts that pages are made of. */
export const parts = `
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: 0.7rem; padding: 1.1rem 1.25rem; display: grid; gap: 0.65rem; align-content: start; grid-template-columns: minmax(0, 1fr); }
.cards { display: grid; gap: 0.9rem; grid-template-columns: minmax(0, 1fr); }
section { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
section section { gap: 0.65rem; }
.line { display: inline-block; background: var(--code); border-radius: 0.3rem; padding: 0.1rem 0.4rem; overflow-wrap: anywhere; white-space: pre-wrap; }
.values { display: grid; gap: 0.5rem; }
.values > div { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 0.15rem 1rem; }
dt { color: var(--soft); font-size: 0.925rem; }
dd { overflow-wrap: anywhere; }
.value { white-space: pre-wrap; overflow-wrap: anywhere; }
.values > div:first-child .value { font-weight: 600; }
.remark { color: var(--fair); font-size: 0.925rem; margin-top: 0.2rem; }
.words { background: var(--words-sheet); border-left: 4px solid var(--words); border-radius: 0.4rem; padding: 0.8rem 1.1rem; display: grid; gap: 0.4rem; }
.words .value { font-family: inherit; font-size: 1rem; }
.words .values > div:first-child .value { font-weight: 400; }
.words h2, .words-by { color: var(--words); }
.words-by { font-size: 0.925rem; }
blockquote { overflow-wrap: anywhere; white-space: pre-wrap; max-width: 70ch; }
.decide { display: grid; gap: 0.9rem; grid-template-columns: minmax(0, 1.2fr) minmax(0, 1fr); }
.note { border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: 0.4rem; padding: 0.7rem 1rem; background: var(--sheet); display: grid; gap: 0.25rem; }
p.note { display: block; max-width: none; }
.note.good { border-left-color: var(--good); background: var(--good-sheet); }
.note.fair { border-left-color: var(--fair); background: var(--fair-sheet); }
.note.bad { border-left-color: var(--bad); background: var(--bad-sheet); }
.note.good strong { color: var(--good); }
.note.fair strong { color: var(--fair); }
.note.bad strong { color: var(--bad); }
.note .quiet { color: var(--ink); }
.empty { border: 1px dashed var(--field-line); border-radius: 0.7rem; padding: 1.25rem; color: var(--soft); display: grid; gap: 0.35rem; max-width: none; }
p.empty { display: block; }
.empty strong { color: var(--ink); }
.badge { display: inline-block; font-size: 0.85rem; font-weight: 600; line-height: 1.3; letter-spacing: 0; padding: 0.1rem 0.55rem; border-radius: 1rem; background: var(--code); color: var(--ink); vertical-align: 0.15em; white-space: nowrap; }
.badge.ok, .badge.approved, .badge.completed { background: var(--good-sheet); color: var(--good); }
.badge.pending, .badge.denied, .badge.timeout, .badge.running { background: var(--fair-sheet); color: var(--fair); }
.badge.error, .badge.failed, .badge.unknown { background: var(--bad-sheet); color: var(--bad); }
.words .badge { white-space: normal; }
.code { font-size: 2.2rem; letter-spacing: 0.12em; padding: 1rem 1.25rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 0.7rem; max-width: none; text-align: center; }
.chips { display: flex; flex-wrap: wrap; gap: 0.35rem; }
.chips li { font-size: 0.875rem; padding: 0.1rem 0.6rem; border: 1px solid var(--line); border-radius: 1rem; overflow-wrap: anywhere; }
.plain-list { display: grid; gap: 0.15rem; padding-top: 0.4rem; }
summary { cursor: pointer; color: var(--accent); padding: 0.2rem 0; }
details[open] > summary { margin-bottom: 0.4rem; }
details.card { display: block; }
details.card > summary { font-weight: 600; }

.filters { display: grid; gap: 0.5rem; grid-template-columns: minmax(0, 1fr); }
.filters-main { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0.6rem; align-items: center; }
.filters-main button { min-height: 2.95rem; }
.grid { display: grid; gap: 0.7rem 1rem; grid-template-columns: repeat(3, minmax(0, 1fr)); padding-bottom: 0.5rem; }
.entries { border-top: 1px solid var(--line); }
.entry { border-bottom: 1px solid var(--line); padding: 0.75rem 0; display: grid; gap: 0.4rem; grid-template-columns: minmax(0, 1fr); }
.entry-head { display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; align-items: baseline; color: var(--ink); }
.entry-head:hover .entry-number { text-decoration: underline; }
.entry-number { margin-left: auto; font-size: 0.925rem; color: var(--accent); white-space: nowrap; }
.entry-number::before { content: '\\25B8\\00A0'; }
[open] > .entry-head .entry-number::before { content: '\\25BE\\00A0'; }
.entry-head time { font-variant-numeric: tabular-nums; }
.entry details > .values { font-size: 0.925rem; padding-bottom: 0.3rem; }
.entry .words { padding: 0.5rem 0.9rem; }
.tool { font-family: var(--mono); font-size: 0.9em; overflow-wrap: anywhere; }
.pager { display: flex; gap: 1.5rem; }

@media (min-width: 52rem) {
  .cards.two { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@media (max-width: 40rem) {
  .wide { padding: 0 1rem; }
  h1 { font-size: 1.4rem; }
  .top .wide { gap: 0.1rem 1rem; }
  .who { margin-left: 0; width: 100%; justify-content: space-between; order: 2; }
  .top nav { margin-left: auto; }
  nav li a { padding: 0.35rem 0.5rem; }
  .values > div { grid-template-columns: minmax(0, 1fr); }
  .decide, .grid { grid-template-columns: minmax(0, 1fr); }
  .filters-main { grid-template-columns: minmax(0, 1fr) auto; }
  .filters-main label { grid-column: 1 / -1; }
  .code { font-size: 1.6rem; }
}
@media (forced-colors: active) { .badge, .words, .note, .card { border: 1px solid; } }
`
