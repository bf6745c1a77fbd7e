export {
  aKeyRecord,
  anIssuedRecord,
  aRevocationRecord,
  certStoreContract,
  keyLedgerContract,
  keyVaultContract,
} from './cert-store-contract.ts'
export { MemoryCertStore, MemoryKeyLedger, MemoryKeyVault } from './memory-cert-store.ts'
