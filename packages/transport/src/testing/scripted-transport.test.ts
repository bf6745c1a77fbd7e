import { parseUserId } from '@sshmcp/kernel'
import { aHost } from '@sshmcp/kernel/testing'
import { describe, test } from 'vitest'
import {
  contractScript,
  oneCommandContract,
  oneCommandScript,
  ScriptedTransport,
  sshTransportContract,
} from './index.ts'

describe.each(sshTransportContract)('ScriptedTransport $name', ({ run }) => {
  test('holds', () =>
    run(() => ({
      transport: new ScriptedTransport(contractScript),
      host: aHost(),
      dispose: async () => {},
    })))
})

describe.each(oneCommandContract)('ScriptedTransport for one command $name', ({ run }) => {
  test('holds', () =>
    run(() => {
      const transport = new ScriptedTransport(oneCommandScript)
      return {
        transport,
        host: aHost({ certificate: { mode: 'per_command', principal: undefined, sourceAddresses: [] } }),
        purpose: { userId: parseUserId('alice'), requestId: 'op_1', approvalId: undefined, tool: 'run_ssh_command' },
        begun: () => transport.sent.length,
        dispose: async () => {},
      }
    }))
})
