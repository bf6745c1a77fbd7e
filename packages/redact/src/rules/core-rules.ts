import type { Rule } from '../rule.ts'
import { keysAndHashes } from './keys-and-hashes.ts'
import { networkDevices } from './network-devices.ts'
import { programs } from './programs.ts'
import { readTable } from './table.ts'

/** The rules that belong to no vendor: web tokens, keys, hashes, and what programs read and write. */
export const coreRules = (): readonly Rule[] => [keysAndHashes, programs, networkDevices].flatMap(readTable)
