import type { HttpConfig } from '@sshmcp/runtime/http'

/** Where people decide about a request. */
export function approvalUrlOf({ http }: Pick<HttpConfig, 'http'>): (requestId: string) => string {
  return (requestId) => `${http.publicUrl}/approvals/${requestId}`
}
