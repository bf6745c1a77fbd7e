import { kernelErrors } from '@sshmcp/kernel'

/** The `/mcp` of an HTTP server, by the address that people know. A token crosses networks encrypted or not at all. @throws INPUT_INVALID */
export function httpEndpoint(text: string, field: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isLocal = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) {
    throw kernelErrors.error('INPUT_INVALID', {
      message: `${JSON.stringify(text)} is not an https URL (http only to this machine).`,
      next: 'Write it as https://ssh.example.org.',
      field,
    })
  }
  return url.pathname === '/' ? new URL('/mcp', url) : url
}
