import type { AddCommand } from '../command.ts'
import { addHostsAdd } from './hosts-add.ts'
import { addHostsImport } from './hosts-import.ts'
import { addHostsList } from './hosts-list.ts'
import { addHostsTest } from './hosts-test.ts'
import { addHostsTrust } from './hosts-trust.ts'

/** `hosts`: which hosts there are, and whether they are who they say. */
export const addHosts: AddCommand = (program, context) => {
  const hosts = program.command('hosts').description('list, add, import, test and trust hosts')
  addHostsList(hosts, context)
  addHostsAdd(hosts, context)
  addHostsImport(hosts, context)
  addHostsTest(hosts, context)
  addHostsTrust(hosts, context)
}
