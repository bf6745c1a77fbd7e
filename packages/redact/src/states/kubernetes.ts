import { decodeBase64 } from '../scan/authorization.ts'
import { valueExtent } from '../scan/value-extent.ts'
import { isPlaceholder } from '../scan/value-shape.ts'
import { placeholderStart, type Spans } from '../spans.ts'
import { type Carry, indentOf } from './carry.ts'

const kindLine = /^[\s-]*\\?"?kind\\?"?\s*:\s*\\?"?(\w{1,60})/
const dataLine = /^[\s-]*"?(data|stringData)"?\s*:\s*\{?\s*$/
const pair = /^\s*"?[\w./-]{1,253}"?\s*:\s*(?=\S)/

/** Follows which object of a manifest is being read. */
export function followManifest(carry: Carry, line: string): void {
  const { kube } = carry
  if (kube.apiLines > 0) kube.apiLines--
  if (/^[\s-]*"?apiVersion"?\s*:/.test(line)) {
    kube.apiLines = 12
    kube.secret = false
    kube.dataIndent = -1
  }
  const kind = kindLine.exec(line)?.[1]
  if (kind !== undefined) kube.secret = kind === 'Secret'
  const data = dataLine.exec(line)
  if (data !== null && (kube.secret || kube.apiLines > 0)) {
    kube.dataIndent = indentOf(line)
    if (data[1] === 'stringData') kube.secret = true
  }
}

function isEncodedText(value: string): boolean {
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(value) || value.length % 4 !== 0) return false
  const text = decodeBase64(value)
  return text !== undefined && (/^[\t\n\r\x20-\x7e]+$/.test(text) || value.length >= 32)
}

/** Masks one entry of a Secret's `data`; before `kind` is known, only what is base64 of text. */
export function continueData(carry: Carry, line: string, spans: Spans): void {
  const { kube } = carry
  if (kube.dataIndent < 0 || dataLine.test(line) || line.trim() === '') return
  if (indentOf(line) <= kube.dataIndent) {
    kube.dataIndent = -1
    return
  }
  const found = pair.exec(line)
  if (found === null) return
  const extent = valueExtent(line, found[0].length)
  const value = line.slice(extent.start, extent.end)
  // A connection string keeps its harmless parts.
  if (value.includes(placeholderStart) || spans.within(extent.start, extent.end)) return
  if (/^[|>][+-]?$/.test(value)) {
    if (kube.secret) carry.block = { rule: 'kubernetes-secret', indent: indentOf(line) }
  } else if (
    !isPlaceholder(value) &&
    value.length >= 4 &&
    (kube.secret || isEncodedText(value)) &&
    !/^[{[]/.test(value)
  ) {
    spans.add(extent.start, extent.end, 'kubernetes-secret')
  }
}

const inline = /\\?"(?:data|stringData)\\?"\s*:\s*\{([^{}]{1,32768})\}/g
const inlinePair = /\\{0,3}"\s*:\s*(\\{0,3}")([^"\\]{4,16384})\\{0,3}"/dg

/** A whole Secret on one line of JSON. */
export function maskInlineManifest(line: string, spans: Spans): void {
  if (!/\\?"kind\\?"\s*:\s*\\?"Secret\\?"/.test(line)) return
  for (const data of line.matchAll(inline)) {
    const from = data.index + data[0].indexOf('{')
    for (const found of (data[1] ?? '').matchAll(inlinePair)) {
      const at = found.indices?.[2]
      if (at !== undefined && !isPlaceholder(found[2] ?? ''))
        spans.add(from + 1 + at[0], from + 1 + at[1], 'kubernetes-secret')
    }
  }
}
