/**
 * Loaded before a program that runs under strace, which watches paths that it is told beforehand and counts by thread.
 * What has a random name gets one made of a count and the process id. And how quick the disk is, which decides what thread
 * flushes, is not left to chance: with FLUSHES=in-place none is left to another thread, otherwise each takes 2 ms.
 */
import crypto from 'node:crypto'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

let drawn = 0
crypto.randomUUID = () => {
  drawn += 1
  return `no-longer-random-${drawn}-${process.pid}`
}

const { fdatasync } = fs
const inPlace = (fd: number, done: fs.NoParamCallback): void => {
  try {
    fs.fdatasyncSync(fd)
    done(null)
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)))
  }
}
const slow = (fd: number, done: fs.NoParamCallback): void =>
  fdatasync(fd, (error) => {
    setTimeout(() => done(error), 2)
  })
fs.fdatasync = Object.assign(process.env.FLUSHES === 'in-place' ? inPlace : slow, {
  __promisify__: fdatasync.__promisify__,
})
syncBuiltinESMExports()
