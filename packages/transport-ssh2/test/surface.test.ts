import * as transport from '@sshmcp/transport-ssh2'
import * as embedded from '@sshmcp/transport-ssh2/embedded-host'
import { expect, test } from 'vitest'

test('exports', () => {
  expect(Object.keys(transport).sort()).toEqual(['certificateKey', 'createSsh2Transport', 'fetchHostKeys'])
  expect(Object.keys(embedded).sort()).toEqual(['makeKeyPair', 'startEmbeddedHost'])
})
