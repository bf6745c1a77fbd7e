import type { Rule } from '../rule.ts'
import { codeHostRules } from './code-hosts.ts'

/** All vendors' token formats. */
export const vendorRules = (): readonly Rule[] => [...codeHostRules()]
