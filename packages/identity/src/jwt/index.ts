export type { JwtSettings } from './jwt-settings.ts'
export { createJwtVerifier, looksLikeJwt, type VerifyJwt } from './jwt-verifier.ts'
