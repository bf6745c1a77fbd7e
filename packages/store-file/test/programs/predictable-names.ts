/**
 * Loaded before a program that runs under strace, which can watch only paths that it is told beforehand: what has a
 * random name gets one made of the process id and a count.
 */
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

let drawn = 0
crypto.randomUUID = () => {
  drawn += 1
  return `no-longer-random-${drawn}-${process.pid}`
}
syncBuiltinESMExports()
