import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { caErrors } from '@sshmcp/ca'
import { syncFolder, writeAll } from '../durable-file.ts'
import { openSafely } from '../safe-path.ts'
import type { RecordShape } from './record-shape.ts'

/**
 * Adds one record to a file of JSON lines, durably. To be called by one at a time.
 *
 * A last line without its end was torn by a crash before anybody was told that it is kept: it is cut off.
 */
export function appendRecord(path: string, record: object): void {
  const fd = openSafely(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND)
  if (fd === undefined) throw new Error(`${basename(path)} could not be made`)
  try {
    const { size } = fstatSync(fd)
    const whole = size === 0 ? 0 : readFileSync(fd).lastIndexOf(0x0a) + 1
    if (whole < size) ftruncateSync(fd, whole)
    writeAll(fd, Buffer.from(`${JSON.stringify(record)}\n`))
    fsyncSync(fd)
    if (size === 0) syncFolder(dirname(path))
  } finally {
    closeSync(fd)
  }
}

/**
 * Reads a file of JSON lines; none is no record.
 *
 * @throws CA_STORE_DAMAGED naming the line
 */
export function readRecords<T>(path: string, shape: RecordShape<T>): readonly T[] {
  const fd = openSafely(path, constants.O_RDONLY)
  if (fd === undefined) return []
  try {
    const lines = readFileSync(fd, 'utf8').split('\n').slice(0, -1)
    return lines.map((line, at) => {
      const record = shape(parsed(line))
      if (record !== undefined) return record
      const message = `${path}, line ${at + 1}, is not a record of ours.`
      throw caErrors.error('CA_STORE_DAMAGED', { message })
    })
  } finally {
    closeSync(fd)
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // Whatever is no JSON has no shape; the caller names the line.
    return undefined
  }
}
