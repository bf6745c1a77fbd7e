import { parts } from './stylesheet-parts.ts'

const foundation = `:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --sheet: #ffffff; --ink: #1f2421; --soft: #59615c; --line: #dfddd5;
  --accent: #1d5c4d; --on-accent: #ffffff; --field: #ffffff; --field-line: #7d857f;
  --good: #1b6b45; --good-sheet: #e8f3ec; --fair: #7a5600; --fair-sheet: #faf1dc; --bad: #a3281e; --bad-sheet: #fbeae7;
  --words: #5c4a86; --words-sheet: #f3f0fa; --code: #f3f2ec;
  --sans: ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #151816; --sheet: #1d211f; --ink: #e8e9e5; --soft: #a5ada8; --line: #343a37;
    --accent: #7fcdb5; --on-accent: #0d1f1a; --field: #151816; --field-line: #838c87;
    --good: #86d3a8; --good-sheet: #182b20; --fair: #e5bf6a; --fair-sheet: #2d2513; --bad: #f2a097; --bad-sheet: #351b18;
    --words: #c4b4ee; --words-sheet: #241f33; --code: #262b28;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { font: 100%/1.55 var(--sans); background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; }
body { margin: 0; }
h1, h2, h3, p, ul, ol, dl, dd, blockquote { margin: 0; }
h1 { font-size: 1.7rem; line-height: 1.25; letter-spacing: -0.015em; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; line-height: 1.35; font-weight: 650; overflow-wrap: anywhere; }
h3 { font-size: 1rem; font-weight: 600; overflow-wrap: anywhere; }
p { overflow-wrap: anywhere; max-width: 70ch; }
a { color: var(--accent); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a:focus-visible, summary:focus-visible { border-radius: 3px; }
main:focus { outline: none; }
code { font-family: var(--mono); font-size: 0.9em; }
.whole { white-space: nowrap; }
ul, ol { padding: 0; list-style: none; }
.wide { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
.narrow { max-width: 27rem; margin: 6vh auto 0; display: grid; gap: 1rem; }
main.wide { padding-top: 1.75rem; padding-bottom: 4rem; display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
.quiet { color: var(--soft); font-size: 0.925rem; font-weight: 400; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -99rem; top: 0.5rem; padding: 0.5rem 1rem; background: var(--sheet); z-index: 1; }
.skip:focus { left: 0.5rem; }
.scripted-only { display: none; }
.scripted .scripted-only { display: inline; }
.scripted .unscripted-only { display: none; }

.top { border-bottom: 1px solid var(--line); background: var(--sheet); }
.top .wide { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 1.5rem; padding-top: 0.6rem; padding-bottom: 0.6rem; }
.brand { font-weight: 700; letter-spacing: -0.01em; text-decoration: none; color: var(--ink); padding: 0.25rem 0; }
nav ul { display: flex; gap: 0.25rem; }
nav li a { display: block; padding: 0.35rem 0.7rem; border-radius: 0.4rem; text-decoration: none; color: var(--ink); }
nav li a:hover { background: var(--code); }
nav li a[aria-current] { background: var(--code); font-weight: 600; }
.who { margin-left: auto; display: flex; align-items: center; gap: 0.9rem; min-width: 0; }
.who-name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }

input, textarea, select, button { font: inherit; }
label { font-weight: 600; }
input, textarea, select { width: 100%; padding: 0.55rem 0.7rem; border: 1px solid var(--field-line); border-radius: 0.45rem; background: var(--field); color: var(--ink); min-height: 2.75rem; }
input, select { height: 2.95rem; }
textarea { resize: vertical; }
input::placeholder { color: var(--soft); opacity: 1; }
[aria-invalid='true'] { border-color: var(--bad); border-width: 2px; }
button { padding: 0.55rem 1.1rem; min-height: 2.75rem; border: 1px solid transparent; border-radius: 0.45rem; background: var(--accent); color: var(--on-accent); font-weight: 600; cursor: pointer; white-space: nowrap; }
button:hover { filter: brightness(1.08); }
button.second { background: transparent; color: var(--accent); border-color: currentColor; }
button.danger { color: var(--bad); }
button.plain { background: none; color: var(--accent); padding: 0.25rem 0.4rem; min-height: 2.25rem; font-weight: 500; text-decoration: underline; text-underline-offset: 0.15em; }
.stack { display: grid; gap: 0.65rem; align-content: start; }
.actions { display: flex; flex-wrap: wrap; gap: 0.6rem; }
`

/** The one style of all pages: system fonts, light and dark, readable from 320 pixels on. */
export const stylesheet = foundation + parts
