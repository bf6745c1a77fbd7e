import { isSshMcpError, rfc3339, type UserId } from '@sshmcp/kernel'
import { type ApprovalStore, isRecordName } from './approval-store.ts'
import type { Canonical } from './canonical-json.ts'
import {
  type CodePart,
  type DecisionPart,
  type RequestPart,
  readCode,
  readDecision,
  readRequest,
  writeCode,
  writeDecision,
  writeRequest,
} from './record.ts'
import { type Seal, textSha256 } from './seal.ts'
import { type ApprovalFacts, wrongCodesToDeny } from './state.ts'

/** One request with all that happened to it, every seal checked. */
export interface StoredApproval {
  readonly request: RequestPart
  readonly requestSha256: string
  readonly decision: DecisionPart | undefined
  readonly code: CodePart | undefined
  readonly codeCount: number
  readonly facts: ApprovalFacts
}

/** What the store holds under an id. `damaged`: something is there that this key did not seal for this place. */
export type Loaded =
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'whole'; readonly approval: StoredApproval }

/** A request may have so many codes made for it. */
export const codesPerRequest = 5

/** Reads and writes requests in a store, sealing and checking. Decides nothing. */
export class Ledger {
  readonly #store: ApprovalStore
  readonly #seal: Seal

  constructor(store: ApprovalStore, seal: Seal) {
    this.#store = store
    this.#seal = seal
  }

  async load(requestId: string): Promise<Loaded> {
    if (!isRequestId(requestId)) return { kind: 'missing' }
    const parts = await this.#store.read(requestId)
    if (!parts.has('request')) return { kind: 'missing' }
    try {
      return { kind: 'whole', approval: this.#parse(requestId, parts) }
    } catch (thrown) {
      if (isSshMcpError(thrown)) return { kind: 'damaged' }
      throw thrown
    }
  }

  /** The ids of all requests of the store, in no order. */
  async requestIds(): Promise<readonly string[]> {
    return (await this.#store.list()).filter(isRequestId)
  }

  createRequest(request: RequestPart): Promise<boolean> {
    return this.#put(request.requestId, 'request', writeRequest(request))
  }

  /** One winner: the first decision stands. */
  decide(approval: StoredApproval, decision: DecisionPart): Promise<boolean> {
    return this.#put(approval.request.requestId, 'decision', writeDecision(decision, approval.requestSha256))
  }

  /** One winner: an approval is used once. */
  use(approval: StoredApproval, now: number): Promise<boolean> {
    return this.#put(approval.request.requestId, 'used', {
      v: 1,
      request_sha256: approval.requestSha256,
      used_at: rfc3339(now),
    })
  }

  /** False when as many codes exist as may. */
  addCode(approval: StoredApproval, code: CodePart): Promise<boolean> {
    const body = writeCode(code, approval.requestSha256)
    return this.#firstFree(approval.request.requestId, 'code', codesPerRequest, body)
  }

  /**
   * Takes one of the five tries, before anybody acts on whether it matched: so parallel guesses are no more than five
   * either. False when none is left.
   */
  takeTry(approval: StoredApproval, isRight: boolean, by: UserId, now: number): Promise<boolean> {
    const body = { v: 1, request_sha256: approval.requestSha256, is_right: isRight, by, tried_at: rfc3339(now) }
    return this.#firstFree(approval.request.requestId, 'try', wrongCodesToDeny, body)
  }

  /** The newest request that was made for an operation, and its number; numbers start at 1. */
  async newestFor(digest: string): Promise<{ readonly number: number; readonly requestId: string } | undefined> {
    const record = operationRecord(digest)
    const parts = await this.#store.read(record)
    const number = Math.max(0, ...[...parts.keys()].map(claimNumber))
    const text = parts.get(`request-${number}`)
    if (text === undefined) return undefined
    const opened = this.#seal.open(record, `request-${number}`, text)
    const requestId = typeof opened?.body === 'string' ? opened.body : ''
    return { number, requestId }
  }

  /** Makes a request the one for its operation. False: another request got that number first. */
  claim(request: RequestPart, number: number): Promise<boolean> {
    return this.#put(operationRecord(request.digest), `request-${number}`, request.requestId)
  }

  /** Forgets a request, and its operation where it was the newest for it. */
  async forget(request: RequestPart): Promise<void> {
    await this.#store.remove(request.requestId)
    const newest = await this.newestFor(request.digest)
    if (newest?.requestId === request.requestId) await this.#store.remove(operationRecord(request.digest))
  }

  #put(record: string, part: string, body: Canonical): Promise<boolean> {
    return this.#store.put(record, part, this.#seal.seal(record, part, body))
  }

  async #firstFree(record: string, name: string, most: number, body: Canonical): Promise<boolean> {
    for (let number = 1; number <= most; number++) {
      if (await this.#put(record, `${name}-${number}`, body)) return true
    }
    return false
  }

  #parse(requestId: string, parts: ReadonlyMap<string, string>): StoredApproval {
    const request = readRequest(this.#open(requestId, 'request', parts))
    const requestSha256 = textSha256(parts.get('request') ?? '')
    const decision = parts.has('decision')
      ? readDecision(this.#open(requestId, 'decision', parts), requestSha256)
      : undefined
    const codeCount = numbered(parts, 'code', codesPerRequest)
    const facts = {
      createdAt: request.createdAt,
      expiresAt: request.expiresAt,
      verdict: decision?.verdict,
      wrongCodes: this.#wrongCodes(requestId, parts),
      // Whatever it says: that it is there is enough.
      isUsed: parts.has('used'),
    }
    const code =
      codeCount === 0 ? undefined : readCode(this.#open(requestId, `code-${codeCount}`, parts), requestSha256)
    return { request, requestSha256, decision, code, codeCount, facts }
  }

  /** A try that cannot be read counts as a wrong one. */
  #wrongCodes(requestId: string, parts: ReadonlyMap<string, string>): number {
    return Array.from({ length: wrongCodesToDeny }, (_, index) => `try-${index + 1}`).filter((part) => {
      const text = parts.get(part)
      if (text === undefined) return false
      const opened = this.#seal.open(requestId, part, text)
      return opened === undefined || !isRightTry(opened.body)
    }).length
  }

  /** The body of a part; undefined, which no reader accepts, for one that was not sealed here. */
  #open(requestId: string, part: string, parts: ReadonlyMap<string, string>): unknown {
    return this.#seal.open(requestId, part, parts.get(part) ?? '')?.body
  }
}

/** What `request_approval` hands out, and nothing else: the part of the store that callers can name. */
function isRequestId(text: string): boolean {
  return text.startsWith('apr_') && isRecordName(text)
}

function operationRecord(digest: string): string {
  return `op_${digest}`
}

function claimNumber(part: string): number {
  return Number(/^request-(\d{1,9})$/.exec(part)?.[1] ?? 0)
}

function numbered(parts: ReadonlyMap<string, string>, name: string, most: number): number {
  let count = 0
  while (count < most && parts.has(`${name}-${count + 1}`)) count++
  return count
}

function isRightTry(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'is_right' in body && body.is_right === true
}
