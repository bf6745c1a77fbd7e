import { aHost } from '@sshmcp/kernel/testing'
import { describe, test } from 'vitest'
import { contractScript, ScriptedTransport, sshTransportContract } from './index.ts'

describe.each(sshTransportContract)('ScriptedTransport $name', ({ run }) => {
  test('holds', () =>
    run(() => ({
      transport: new ScriptedTransport(contractScript),
      host: aHost(),
      dispose: async () => {},
    })))
})
