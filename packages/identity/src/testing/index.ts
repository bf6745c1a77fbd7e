export { anIdentity } from './an-identity.ts'
