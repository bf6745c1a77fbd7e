import { nameAround, type Scanner, skipBlank } from './scan.ts'

const afterMark = /["']?\s{0,4}[:=]\s{0,4}/y
const digits = /(["']?)(\d{4,12})(?![\w.:])/dy

/** `pin: 4821`, `"otp": 123456`: under these names digits are a secret, and nothing but digits. */
export const scanPin: Scanner = (scan, position) => {
  const { line, spans } = scan
  const { start, end } = nameAround(line, position)
  const { rule } = scan.classify(line.slice(start, end))
  if (rule !== 'pin' && rule !== 'otp') return
  afterMark.lastIndex = end
  if (!afterMark.test(line)) return
  digits.lastIndex = skipBlank(line, afterMark.lastIndex)
  const found = digits.exec(line)
  const at = found?.indices?.[2]
  if (found === null || at === undefined || (rule === 'otp' && at[1] - at[0] < 6)) return
  spans.add(at[0], at[1], rule, found[1] === '' && line[end] === '"' ? '"' : '')
}
