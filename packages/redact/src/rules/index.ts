import type { Rule } from '../rule.ts'
import { aiAndData } from './ai-and-data.ts'
import { cloud } from './cloud.ts'
import { codeAndBuild } from './code-and-build.ts'
import { moneyAndShops } from './money-and-shops.ts'
import { readTable } from './table.ts'
import { watchingAndAccess } from './watching-and-access.ts'
import { workAndTalk } from './work-and-talk.ts'

/** All vendors' token formats. */
export const vendorRules = (): readonly Rule[] =>
  [codeAndBuild, cloud, aiAndData, moneyAndShops, workAndTalk, watchingAndAccess].flatMap(readTable)
