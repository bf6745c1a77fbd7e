import { randomBytes } from 'node:crypto'
import {
  createMint,
  formatPublicKeyLine,
  generateCaKey,
  isSameKey,
  keyTypes,
  memorySigner,
  parseCertificate,
  parseCertificateLine,
  parsePublicKeyBlob,
  parsePublicKeyLine,
  verifyCertificate,
} from '@sshmcp/ca'
import { isSshMcpError, systemClock } from '@sshmcp/kernel'
import { mutated, sampleKey } from './sample-keys.ts'

/** What became of mutated inputs. `problems` names each that did what none may. */
export interface MutationReport {
  readonly refused: number
  /** Well-formed keys other than the original: a changed bit of a key is another key, or none. */
  readonly otherKeys: number
  readonly problems: readonly string[]
}

type Outcome = 'refused' | 'other key' | string

/** Feeds changed certificates and keys of every type to the readers, alternately as bytes and as lines. */
export async function runMutations(count: number): Promise<MutationReport> {
  const signer = memorySigner(generateCaKey())
  const mint = createMint({ signer, clock: systemClock })
  const samples = await Promise.all(
    keyTypes.map(async (type) => {
      const subject = sampleKey(type).publicKey
      const critical = {
        forceCommand: 'uptime',
        sourceAddresses: ['127.0.0.1'],
        verifyRequired: type.startsWith('sk-'),
      }
      const request = { subject, keyId: 'sample', principals: ['a', 'b'], ttlSeconds: 3600, critical }
      const { certificate } = await mint.issue({ ...request, extensions: ['permit-pty'] }, AbortSignal.timeout(10_000))
      return { subject, certificate }
    }),
  )
  const problems: string[] = []
  const tally = { refused: 0, otherKeys: 0 }
  const note = (outcome: Outcome) => {
    if (outcome === 'refused') tally.refused++
    else if (outcome === 'other key') tally.otherKeys++
    else problems.push(outcome)
  }
  for (let at = 0; at < count; at++) {
    const sample = samples[at % samples.length]
    if (sample === undefined) break
    const isLine = (randomBytes(1)[0] ?? 0) < 64
    if (at % 2 === 0) note(certificateOutcome(Buffer.from(sample.certificate.blob), isLine, signer.publicKey))
    else note(keyOutcome(sample.subject, isLine))
  }
  return { ...tally, problems }
}

function certificateOutcome(blob: Buffer, isLine: boolean, ca: ReturnType<typeof memorySigner>['publicKey']): Outcome {
  const original = parseCertificate(blob)
  const line = `${blob.subarray(4, 4 + blob.readUInt32BE()).toString()} ${blob.toString('base64')}`
  const input = isLine ? mutated(Buffer.from(line)) : mutated(blob)
  if (input.equals(isLine ? Buffer.from(line) : blob)) return 'refused'
  try {
    const read = isLine ? parseCertificateLine(input.toString('latin1')) : parseCertificate(input)
    const verdict = verifyCertificate(read, {
      authorities: [ca],
      now: Date.now(),
      principal: 'a',
      address: '127.0.0.1',
    })
    const isUntouched = Buffer.compare(read.blob, original.blob) === 0
    // A change in the comment or the line end leaves the certificate what it was.
    if (verdict.valid && !(isLine && isUntouched)) return `accepted a changed certificate: ${input.toString('base64')}`
    return 'refused'
  } catch (error) {
    return isCoded(error) ? 'refused' : `${String(error)} for certificate ${input.toString('base64')}`
  }
}

function keyOutcome(subject: ReturnType<typeof sampleKey>['publicKey'], isLine: boolean): Outcome {
  const line = formatPublicKeyLine(subject)
  const original = isLine ? Buffer.from(line) : Buffer.from(subject.blob)
  const input = mutated(original)
  if (input.equals(original)) return 'refused'
  try {
    const read = isLine ? parsePublicKeyLine(input.toString('latin1')) : parsePublicKeyBlob(input)
    const isExact = isLine || Buffer.compare(read.blob, input) === 0
    if (!isExact) return `read other bytes than were given: ${input.toString('base64')}`
    if (!isSameKey(read, subject)) return 'other key'
    const isOnlyComment = isLine && input.toString('latin1').startsWith(line)
    const isOnlySpace =
      isLine &&
      input
        .toString('latin1')
        .replace(/[ \t\r\n]+/g, ' ')
        .trim() === line
    return isOnlyComment || isOnlySpace ? 'refused' : `took changed bytes for the same key: ${input.toString('base64')}`
  } catch (error) {
    return isCoded(error) ? 'refused' : `${String(error)} for key ${input.toString('base64')}`
  }
}

function isCoded(error: unknown): boolean {
  return isSshMcpError(error) && /^(KEY|CERT)_/.test(error.code)
}
