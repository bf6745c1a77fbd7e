import type { JwtSettings } from '@sshmcp/identity/jwt'
import { type ConfigText, readConfig, section } from '@sshmcp/policy'
import * as z from 'zod'

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** An address or name that only this machine answers to. */
export function isLoopback(name: string): boolean {
  return loopbackNames.has(name) || /^127(?:\.\d{1,3}){3}$/.test(name)
}

const origin = z.string().refine(isOrigin, 'has to be an origin such as https://ssh.example.org, without a path')
const keysUrl = z.string().refine(isSafeUrl, 'has to be an https URL (http only on this machine)')

const httpFile = section({
  public_url: origin.optional(),
  allowed_hosts: z
    .array(z.string().regex(/^[^\s/:]+(?::\d{1,5})?$/, 'has to be a host name, with a port or without'))
    .default([]),
  allowed_origins: z.array(origin).default([]),
  trusted_proxy_hops: z.int().min(0).max(10).optional(),
  jwt: section({
    issuer: z.string().min(1),
    audience: z.string().min(1),
    jwks_url: keysUrl,
    user_claim: z.string().min(1).default('sub'),
    roles_claim: z.string().min(1).default('roles'),
    required_scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'has to be a scope')).default([]),
  }).optional(),
})

/** `http.json`, parsed. */
export interface HttpSettings {
  /** An origin. */
  readonly publicUrl: string | undefined
  readonly allowedHosts: readonly string[]
  readonly allowedOrigins: readonly string[]
  readonly trustedProxyHops: number | undefined
  readonly jwt: JwtSettings | undefined
}

/** Parses `http.json`. @throws CONFIG_INVALID naming file, path and cure */
export function parseHttp(file: ConfigText): HttpSettings {
  const { jwt, ...rest } = readConfig(file, httpFile)
  return {
    publicUrl: rest.public_url,
    allowedHosts: rest.allowed_hosts,
    allowedOrigins: rest.allowed_origins,
    trustedProxyHops: rest.trusted_proxy_hops,
    jwt: jwt && {
      issuer: jwt.issuer,
      audience: jwt.audience,
      jwksUrl: jwt.jwks_url,
      userClaim: jwt.user_claim,
      rolesClaim: jwt.roles_claim,
      requiredScopes: jwt.required_scopes,
    },
  }
}

function isOrigin(text: string): boolean {
  const url = URL.parse?.(text) ?? (URL.canParse(text) ? new URL(text) : null)
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text
}

function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}
