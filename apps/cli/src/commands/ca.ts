import type { AddCommand } from '../command.ts'
import { addCaBootstrap } from './ca-bootstrap.ts'
import { addCaInit } from './ca-init.ts'
import { addCaKrl } from './ca-krl.ts'
import { addCaList } from './ca-list.ts'
import { addCaPublicKey } from './ca-public-key.ts'
import { addCaUnlock } from './ca-unlock.ts'

/** `ca`: the certificate authority, for people. */
export const addCa: AddCommand = (program, context) => {
  const ca = program.command('ca').description('the SSH certificate authority: make it, trust it, unlock it')
  for (const add of [addCaInit, addCaPublicKey, addCaList, addCaKrl, addCaBootstrap, addCaUnlock]) add(ca, context)
}
