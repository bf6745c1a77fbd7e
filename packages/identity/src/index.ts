export { identityErrors } from './errors.ts'
export {
  createIdentity,
  type Identity,
  type IdentityDeps,
  type IdentityEntry,
  localPrincipal,
  tokenSha256,
} from './identity.ts'
