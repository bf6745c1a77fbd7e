import type { Rule } from '../rule.ts'
import { rule } from './rule-line.ts'

/** Code hosting: GitHub, GitLab, Bitbucket. */
export const codeHostRules = (): readonly Rule[] => [
  rule(
    'github-token',
    'ghp_ gho_ ghu_ ghs_ ghr_',
    'gh[pousr]_[A-Za-z0-9]{36,255}',
    ['ghp_{w36}', 'ghs_{w36}'],
    ['ghp_{w20}', 'ghx_{w36}'],
  ),
]
