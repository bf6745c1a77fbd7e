export type { AgentConstraints } from './agent-messages.ts'
export { type AgentAddress, addToAgent, agentHolds, agentSigner } from './agent-signer.ts'
export {
  type AuthorityDeps,
  type CertificateAuthority,
  createAuthority,
  type IssuedCertificate,
  type IssueRequest,
  type PublishedKrl,
  type RevocationReason,
  type RevocationTarget,
  type Revoked,
} from './authority.ts'
export {
  type AuthorizedKey,
  type AuthorizedKeysEdit,
  addAuthorizedKey,
  type FoundKey,
  hasForeignLineFor,
  listAuthorizedKeys,
  pruneAuthorizedKeys,
  removeAuthorizedKey,
  renderAuthorizedKey,
} from './authorized-keys.ts'
export { type BootstrapPaths, type BootstrapRequest, bootstrapScript, bootstrapTtlSeconds } from './bootstrap.ts'
export { type CaKey, type CaSigner, generateCaKey, lockedSigner, memorySigner } from './ca-signer.ts'
export {
  type CertStore,
  type IssuedRecord,
  installedKeys,
  type KeyLedger,
  type KeyRecord,
  type KeyVault,
  type RevocationRecord,
  type RevokedTarget,
} from './cert-store.ts'
export { formatCertificateLine, type ParsedCertificate, parseCertificate, parseCertificateLine } from './certificate.ts'
export { type CertificateExtension, type CriticalOptions, certificateExtensions } from './certificate-options.ts'
export {
  createEphemeralIdentity,
  type EphemeralIdentity,
  type EphemeralRequest,
  ephemeralTtlSeconds,
} from './ephemeral.ts'
export { type CaErrorCode, caErrors } from './errors.ts'
export { type IpNetwork, isWithin, parseIpNetwork } from './ip-network.ts'
export { issuedRecord, type RecordNames } from './issued-record.ts'
export { formatKeyId, type LoginReason, parseKeyId } from './key-id.ts'
export { certificateTypeOf, type KeyType, keyTypes } from './key-type.ts'
export { emptyKrl, encodeKrl, type Krl, type KrlCertificates, revocationHash } from './krl.ts'
export { type RevocationKind, revocationOf } from './krl-check.ts'
export { parseKrl } from './krl-reader.ts'
export { boundPrincipals, boundTtl, minTtlSeconds, type TtlLimits } from './limits.ts'
export { type LoginIdentity, loginIdentity } from './login-identity.ts'
export { createMint, type Mint, type MintDeps, type MintedCertificate, type MintRequest } from './mint.ts'
export {
  fingerprintOf,
  formatPublicKeyLine,
  isSameKey,
  type KeyPolicy,
  type PlainKey,
  parsePublicKeyBlob,
  parsePublicKeyLine,
  publicKeyOf,
  type SshPublicKey,
} from './public-key.ts'
export { openCaKey, type SealOptions, sealCaKey, sealedPublicKey } from './sealed-key.ts'
export { type Entropy, type SerialRange, serialSource, serialsBetween, timeOfSerial } from './serial.ts'
export {
  type CertificateRefusal,
  type CertificateVerdict,
  type VerifyContext,
  verifyCertificate,
} from './verify-certificate.ts'
