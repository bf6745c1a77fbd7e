const columns = 118
const [charWidth, lineHeight, margin, bar] = [7.8, 18, 18, 34]
const esc = String.fromCharCode(27)

/** Colours of SGR codes (ECMA-48, 8.3.117) that the program uses. */
const colours: Readonly<Record<string, string>> = {
  '31': '#ff7b72',
  '32': '#7ee787',
  '33': '#e3b341',
  '36': '#79c0ff',
}

interface Style {
  readonly fill: string
  readonly weight: string
}
const plain: Style = { fill: '#e6edf3', weight: 'normal' }

const clean = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function styled(style: Style, code: string): Style {
  if (code === '0' || code === '') return plain
  if (code === '1') return { ...style, weight: 'bold' }
  if (code === '2') return { ...style, fill: '#8b949e' }
  if (code === '22') return { ...style, weight: 'normal', fill: plain.fill }
  if (code === '39') return { ...style, fill: plain.fill }
  return { ...style, fill: colours[code] ?? style.fill }
}

/** One line as spans; a style lasts until the next code. */
function spans(line: string): string {
  let style = plain
  let room = columns
  const parts = line.split(new RegExp(`${esc}\\[([0-9;]*)m`))
  return parts
    .map((part, index) => {
      if (index % 2 === 1) {
        for (const code of part.split(';')) style = styled(style, code)
        return ''
      }
      const shown = part.length > room && room > 0 ? `${part.slice(0, room - 1)}…` : part.slice(0, room)
      room = Math.max(0, room - part.length)
      if (shown === '') return ''
      return `<tspan fill="${style.fill}" font-weight="${style.weight}">${clean(shown)}</tspan>`
    })
    .join('')
}

/** What a program printed on a terminal, as an SVG picture. Lines over 118 columns are cut. */
export function terminalPicture(printed: string, title: string): string {
  const lines = printed.replaceAll('\r', '').trimEnd().split('\n')
  const width = Math.ceil(columns * charWidth + 2 * margin)
  const height = bar + lines.length * lineHeight + 2 * margin
  const rows = lines.map(
    (line, index) =>
      `<text x="${margin}" y="${bar + margin + index * lineHeight + 12}" xml:space="preserve">${spans(line)}</text>`,
  )
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (fill, index) => `<circle cx="${20 + index * 20}" cy="17" r="6" fill="${fill}"/>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${clean(title)}">`,
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>`,
    ...dots,
    `<text x="${width / 2}" y="22" text-anchor="middle" font-family="system-ui, sans-serif" font-size="13" fill="#8b949e">${clean(title)}</text>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}
