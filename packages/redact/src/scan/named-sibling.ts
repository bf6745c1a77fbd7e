import { maskElement, settingTag } from './element.ts'
import type { KeyClass } from './key-name.ts'
import { maskValue } from './named-value.ts'
import { type LineScan, stickyEnd } from './scan.ts'

const namesIt =
  /(?:^|[\s{,"'(<-])(?:name|key|field|label|variable|parameter|param|env|setting|title|k|id)\\?["']?\s*[:=]\s*\\?["']?[\w./@:-]{0,60}$/i

/** `variable "db_password" { default = X }` of Terraform. */
const declares = /(?:^|\s)(?:variable|output)\s+"$/

const declared = /"\s*\{(?:[^{}"]{0,200}\s)?(?:default|value)\s*=\s*(?=")/y

const valueNext = /\\?["']?\s*[,;]?\s*\\?["']?(?:value|val|default|content|v)\\?["']?\s*[:=]\s*/iy

const afterNamed = /["'](?:\s[^<>]{0,200})?>\s*(?:<value>\s*|<!\[CDATA\[\s*)?(?=[^<\s])/iy

/** `name: DB_PASSWORD` followed by `value: …`, on this line or on one of the next. */
export function scanNamedSibling(scan: LineScan, start: number, end: number, key: KeyClass): boolean {
  if (key.certainty === 'maybe') return false
  if (declares.test(scan.line.slice(Math.max(0, start - 40), start))) {
    const at = stickyEnd(declared, scan.line, end)
    if (at >= 0) return maskValue(scan, { name: 'value', key, start: at, at, jsonNumber: false })
    if (/^"\s*\{\s*$/.test(scan.line.slice(end, end + 40))) scan.pending ??= { rule: key.rule, kind: 'sibling' }
    return true
  }
  if (
    /^random_(?:password|string|id)$/.test(scan.line.slice(start, end)) &&
    /^"\s+"[\w-]+"\s*\{\s*$/.test(scan.line.slice(end, end + 80))
  ) {
    scan.pending = { rule: key.rule, kind: 'sibling' }
    return true
  }
  if (!namesIt.test(scan.line.slice(Math.max(0, start - 100), start))) return false
  const at = stickyEnd(valueNext, scan.line, end)
  if (at >= 0) return maskValue(scan, { name: 'value', key, start: at, at, jsonNumber: true })
  const inside = stickyEnd(afterNamed, scan.line, end)
  if (inside >= 0)
    return maskElement(scan, key, inside, settingTag.test(scan.line.slice(Math.max(0, start - 160), start)))
  if (!/^\\?["']?[,;]?\s*$/.test(scan.line.slice(end, end + 8))) return false
  const form = /form-data;/i.test(scan.line.slice(Math.max(0, start - 60), start))
  scan.pending ??= { rule: key.rule, kind: form ? 'value' : 'sibling' }
  return true
}
