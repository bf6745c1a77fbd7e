export { addTemplates } from './add-templates.ts'
export { type Catalog, catalogFor } from './catalog.ts'
export { checkReferences } from './check-references.ts'
export { type ConfigText, configError, readConfig, section } from './config-shape.ts'
export {
  type CheckedPolicy,
  createPolicy,
  type PolicyAnswer,
  type PolicyCall,
  type PolicyInput,
} from './create-policy.ts'
export { type Decision, decide } from './decide.ts'
export { type PolicyCode, policyErrors } from './errors.ts'
export {
  type FileRules,
  fileRulesOf,
  foldersOf,
  type PathRefusal,
  refuseName,
  refusePath,
  requireName,
  requirePath,
  requireSize,
  resolvedRules,
} from './files/file-rules.ts'
export type { PathPattern, PathUse } from './files/path-pattern.ts'
export { type ConfiguredHost, parseHosts } from './host-config.ts'
export { type Finding, type LintRule, lintRules, type Severity } from './lint/finding.ts'
export { lintTemplates } from './lint/lint-templates.ts'
export type { ParamValue } from './param-value.ts'
export type { Pattern } from './pattern.ts'
export type { Piece } from './placeholder.ts'
export { type KeyPolicy, type Policy, type PolicyOverrides, parsePolicy, type TransferPolicy } from './policy-config.ts'
export { quoteValue } from './quote.ts'
export { renderTemplate } from './render.ts'
export type { Rules } from './rules.ts'
export type { Template, TemplateForm, TemplateParam, Word } from './template.ts'
export { parseTemplates } from './template-config.ts'
export { type ParamView, type TemplateView, viewTemplate } from './template-view.ts'
