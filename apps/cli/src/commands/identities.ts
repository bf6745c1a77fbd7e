import type { AddCommand } from '../command.ts'
import { addIdentitiesAdd } from './identities-add.ts'
import { addIdentitiesList } from './identities-list.ts'
import { addIdentitiesRevoke } from './identities-revoke.ts'

/** `identities`: who may call, by which token. */
export const addIdentities: AddCommand = (program, context) => {
  const identities = program.command('identities').description('who may call: add, list and revoke')
  addIdentitiesAdd(identities, context)
  addIdentitiesList(identities, context)
  addIdentitiesRevoke(identities, context)
}
