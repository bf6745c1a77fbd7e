export { certificateKey } from './certificate-auth.ts'
export type { Keepalive } from './open-client.ts'
export { type PresentedHostKey, readHostKey } from './read-host-key.ts'
export { createSsh2Transport, type Ssh2TransportDeps } from './ssh2-transport.ts'
