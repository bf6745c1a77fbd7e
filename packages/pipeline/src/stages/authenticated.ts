import type { ClientInfo, Credential, Principal } from '@sshmcp/kernel'

/** Turns a credential into a principal. @throws IDENTITY_* */
export type Authenticate = (credential: Credential) => Principal | Promise<Principal>

/** The caller is known. */
export class Authenticated {
  readonly principal: Principal
  readonly client: ClientInfo

  private constructor(principal: Principal, client: ClientInfo) {
    this.principal = principal
    this.client = client
  }

  static async by(authenticate: Authenticate, credential: Credential, client: ClientInfo): Promise<Authenticated> {
    return new Authenticated(await authenticate(credential), client)
  }
}
