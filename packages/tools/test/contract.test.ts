import type { Risk } from '@sshmcp/kernel'
import { describeTool } from '@sshmcp/pipeline'
import { describe, expect, test } from 'vitest'
import { catalog } from '../src/index.ts'

const required = Symbol('required')

/** Names, inputs and defaults of all tools, as literals: people come with prompts and habits written for them. */
const contract: Readonly<Record<string, { readonly risk: Risk; readonly input: Readonly<Record<string, unknown>> }>> = {
  list_hosts: { risk: 'low', input: { label_selector: '' } },
  get_host_facts: { risk: 'low', input: { host_id: required } },
  list_templates: { risk: 'low', input: { host_id: '' } },
  get_audit_logs: {
    risk: 'low',
    input: { last_n: 50, host_id: '', user_id: '', tool: '', since: '', until: '', status: '' },
  },
  list_pending_approvals: { risk: 'low', input: {} },
  ssh_connect: { risk: 'low', input: { host_id: required } },
  ssh_disconnect: { risk: 'low', input: { session_id: required } },
  ssh_list_sessions: { risk: 'low', input: {} },
  ssh_session_ping: { risk: 'low', input: { session_id: required } },
  run_ssh_command: {
    risk: 'medium',
    input: { host_id: required, template_id: required, params: {}, session_id: '', approval_request_id: '' },
  },
  transfer_file: {
    risk: 'medium',
    input: {
      host_id: required,
      direction: required,
      remote_path: required,
      local_path: '',
      justification: '',
      session_id: '',
      overwrite: false,
    },
  },
  run_ssh_command_background: {
    risk: 'medium',
    input: { host_id: required, template_id: required, params: {}, approval_request_id: '' },
  },
  poll_background_job: { risk: 'low', input: { job_id: required, cursor: '', wait_seconds: 0 } },
  list_background_jobs: { risk: 'low', input: {} },
  cancel_background_job: { risk: 'medium', input: { job_id: required } },
  sftp_list_directory: {
    risk: 'low',
    input: { host_id: required, remote_path: required, session_id: '', cursor: '', limit: 200 },
  },
  sftp_delete: {
    risk: 'medium',
    input: { host_id: required, remote_path: required, justification: required, session_id: '' },
  },
  add_ssh_key: {
    risk: 'high',
    input: {
      user_name: required,
      public_key: required,
      ttl_seconds: 0,
      reason: '',
      host_id: '',
      approval_request_id: required,
    },
  },
  remove_ssh_key: { risk: 'high', input: { key_id: required, reason: required, approval_request_id: required } },
  issue_cert: {
    risk: 'high',
    input: {
      user_id: required,
      principals: [],
      ttl_seconds: 0,
      justification: required,
      public_key: '',
      approval_request_id: required,
    },
  },
  revoke_cert: { risk: 'high', input: { cert_id: required, reason: required, approval_request_id: required } },
  request_approval: {
    risk: 'low',
    input: { action: required, justification: required, arguments: {}, host_id: '', ticket_ref: '', wait_seconds: 0 },
  },
  approve_request: { risk: 'low', input: { request_id: required, approval_token: required } },
}

test('all 23 tools are there', () => {
  expect(catalog.map(({ name }) => name).sort()).toEqual(Object.keys(contract).sort())
  expect(catalog).toHaveLength(23)
})

describe.each(catalog.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  const { inputSchema } = describeTool(tool)
  const entry = contract[name]

  test('is a tool of the contract, with its risk', () => {
    expect(entry?.risk).toBe(tool.risk)
  })

  test('takes the inputs of the contract with their defaults, and nothing else', () => {
    const { properties, required: needed } = inputSchema
    const fields = Object.entries(properties ?? {}).map(([field, schema]) => [
      field,
      Array.isArray(needed) && needed.includes(field) ? required : schema.default,
    ])
    expect(Object.fromEntries(fields)).toEqual(entry?.input)
    expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
  })
})
