export { certificateKey } from './certificate-auth.ts'
export { fetchHostKeys, type PresentedKey } from './fetch-host-keys.ts'
export type { Keepalive } from './open-client.ts'
export { createSsh2Transport, type Ssh2TransportDeps } from './ssh2-transport.ts'
