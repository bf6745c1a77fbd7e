import { describe, expect, test } from 'vitest'
import { checkpointText, claimedCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { formatSigner, noteSigner, openNote, parseSigner, parseVerifier } from './signed-note.ts'

// The keys and the note of the documentation of Go's golang.org/x/mod/sumdb/note.
const skey = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

describe('a signed note', () => {
  test('is the same as that of other implementations, key, signature and all', () => {
    const verifier = parseVerifier(vkey)
    expect(verifier?.vkey).toBe(vkey)
    expect(verifier && openNote(note, verifier)).toBe(text)
    const signer = parseSigner(skey)
    expect(signer?.vkey).toBe(vkey)
    expect(signer?.sign(text)).toBe(note)
  })

  test('is refused with another text, another key, another name, or any bit of the signature changed', () => {
    const verifier = parseVerifier(vkey)
    if (verifier === undefined) throw new Error('no key')
    expect(openNote(note.replace('answer', 'Answer'), verifier)).toBeUndefined()
    expect(openNote(note.replace('— PeterNeumann', '— PeterNewmann'), verifier)).toBeUndefined()
    expect(openNote(note, noteSigner('PeterNeumann', Buffer.alloc(32, 1)))).toBeUndefined()
    const from = note.lastIndexOf(' ') + 1
    for (let at = from; at < note.length; at++) {
      const changed = `${note.slice(0, at)}${note[at] === 'A' ? 'B' : 'A'}${note.slice(at + 1)}`
      expect(openNote(changed, verifier)).toBeUndefined()
    }
  })

  test('keys come back from their text, and bad ones do not', () => {
    const seed = Buffer.alloc(32, 5)
    const signer = noteSigner('sshmcp-audit_X', seed)
    expect(parseSigner(`${formatSigner('sshmcp-audit_X', seed)}\n`)?.vkey).toBe(signer.vkey)
    expect(parseVerifier(signer.vkey)?.id.equals(signer.id)).toBe(true)
    for (const bad of ['', 'a+b+c', vkey.replace('c74f20a3', 'c74f20a4'), vkey.slice(0, -4)]) {
      expect(parseVerifier(bad)).toBeUndefined()
      expect(parseSigner(`PRIVATE+KEY+${bad}`)).toBeUndefined()
    }
  })
})

describe('a checkpoint', () => {
  test('is three lines, the third of which cannot be taken for the root of a tree', () => {
    const checkpoint = { origin: 'sshmcp-audit_X', size: 12, leaf: 'ab'.repeat(32) }
    const written = checkpointText(checkpoint)
    expect(written).toBe('sshmcp-audit_X\n12\nchain-sha256:q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\n')
    expect(parseCheckpoint(written)).toEqual(checkpoint)
    expect(claimedCheckpoint(noteSigner('sshmcp-audit_X', Buffer.alloc(32)).sign(written))).toEqual(checkpoint)
    for (const bad of ['', written.slice(0, -1), written.replace('12', '012'), `${written}more\n`]) {
      expect(parseCheckpoint(bad)).toBeUndefined()
    }
  })
})
