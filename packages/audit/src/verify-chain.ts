import type { AuditSource } from './audit-store.ts'
import { ChainScan } from './chain-scan.ts'
import { linePrefix, parseLine } from './entry-line.ts'
import { linesBackward } from './lines.ts'
import type { VerifyOptions } from './verify-options.ts'
import type { VerifyReport } from './verify-report.ts'
import { Witnesses } from './witnesses.ts'

/**
 * Reads a journal once (twice, if its newest signature is bad) and says what can be proved of it. Constant memory; takes no lock; may run beside writers.
 *
 * A chain alone cannot show that its end is missing: only a checkpoint kept beside it, or better elsewhere, can.
 */
export async function verifyChain(source: AuditSource, options: VerifyOptions = {}): Promise<VerifyReport> {
  const start = options.fromSeq === undefined ? undefined : await checkpointBefore(source, options.fromSeq)
  const { scan, watch } = await pass(source, options, start, false)
  if (watch.isNewestSigned) return watch.judge(scan, start?.size ?? 0)
  const again = await pass(source, options, start, true)
  return again.watch.judge(again.scan, start?.size ?? 0)
}

async function pass(
  source: AuditSource,
  options: VerifyOptions,
  start: Start | undefined,
  isThorough: boolean,
): Promise<{ readonly scan: ChainScan; readonly watch: Witnesses }> {
  const watch = await Witnesses.gather(source, options, isThorough)
  const scan = new ChainScan(source, watch, options.signal)
  if (start !== undefined) {
    scan.startAt(start.size, start.leaf)
    watch.skipTo(start.size)
  }
  await scan.run(start)
  return { scan, watch }
}

interface Start {
  readonly segment: string
  readonly offset: number
  readonly size: number
  readonly leaf: string
}

async function checkpointBefore(source: AuditSource, seq: number): Promise<Start | undefined> {
  for await (const { line, segment, offset } of linesBackward(source)) {
    const prefix = linePrefix(line)
    if (prefix === undefined || prefix.seq > seq || parseLine(line)?.kind !== 'checkpoint') continue
    return { segment, offset, size: prefix.seq, leaf: prefix.prev }
  }
  return undefined
}
