import { vendorRules } from '../rules/index.ts'
import { expandSpecimen } from './specimen.ts'

/** Two made-up tokens of each vendor's kind that is known here, as they are found by their own form. */
export const vendorSpecimens = (): readonly string[] =>
  vendorRules().flatMap(({ examples }) => examples.map(expandSpecimen))
