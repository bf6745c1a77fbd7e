import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { expectTest } from './shown-by.ts'
import { type VariableStage, variableStage } from './variable-stage.ts'
import { variableRows } from './variables.ts'

/** The variables of the contract, as literals. */
const contract = [
  'APPROVAL_DATA_DIR APPROVAL_NOTIFY AUDIT_LOG_DIR AUTH_TOKEN AUTH_TOKEN_FILE CA_PASSPHRASE_FILE CERT_DATA_DIR CONFIG_DIR',
  'CONFIRMATION HOST HOSTS_FILE JOB_OUTPUT_MAX_BYTES JOB_TTL_SECONDS KEEPALIVE_COUNT_MAX KEEPALIVE_INTERVAL KEY_POLICY',
  'MAX_BACKGROUND_JOBS MAX_SESSIONS OUTPUT_MAX_BYTES PORT RATE_LIMITS READ_ONLY REQUIRE_TWO_PARTY_APPROVAL SERVER_NAME',
  'SESSION_IDLE_TIMEOUT SSH_KNOWN_HOSTS_FILE SSH_TIMEOUT_SECONDS TEMPLATES_FILE TRANSFER_DIR TRANSFER_POLICY',
].flatMap((line) => line.split(' ').map((name) => `SSH_MCP_${name}`))

test('there is one row for each variable', () => {
  expect(variableRows.map(({ name }) => name).sort()).toEqual(contract)
})

describe('shows its effect', () => {
  let stage: VariableStage
  beforeEach(() => {
    stage = variableStage()
  })
  afterEach(() => stage.close())

  for (const { name, shows } of variableRows) if (shows !== undefined) test(name, () => shows(stage, name))
})

describe('has its effect shown elsewhere', () => {
  for (const { name, shownBy } of variableRows) {
    if (shownBy === undefined) continue
    test(`${name}: ${shownBy}`, () => {
      expectTest(shownBy)
    })
  }
})

// Printed by the runner as what is still owed.
for (const { name, shows, shownBy } of variableRows) {
  if (shows === undefined && shownBy === undefined) test.todo(`${name} has no test of its effect`)
}
