export { expandSpecimen } from './specimen.ts'
export { vendorSpecimens } from './vendor-specimens.ts'
