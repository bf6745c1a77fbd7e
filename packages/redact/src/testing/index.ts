export { expandSpecimen } from './specimen.ts'
