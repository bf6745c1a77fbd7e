export { aTemplate, rulesOf } from './builders.ts'
