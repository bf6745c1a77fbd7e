import { defineErrors } from '@sshmcp/kernel'

const askWho = 'Ask whoever keeps the configuration, or choose another host or template.'
const seeTemplates =
  'Call list_templates (on a terminal: `sshmcp templates show TEMPLATE`): it gives each parameter with its pattern and an example.'

/** Codes of this package. A refusal by {@link decide} carries one, a failed rendering throws one. */
export const policyErrors = defineErrors({
  POLICY_HOST_UNKNOWN: {
    when: 'there is no such host, or none that the caller may use: the answer is the same',
    retry: 'no',
    next: 'Call list_hosts (on a terminal: `sshmcp hosts list`) and use one of its host_id values.',
  },
  POLICY_HOST_CHANGED: {
    when: 'the host is not the one that is configured any more',
    retry: 'yes',
    next: 'Call again: the call will be planned with the present configuration.',
  },
  POLICY_TEMPLATE_UNKNOWN: {
    when: 'there is no such template, or none that the caller may run on that host: the answer is the same',
    retry: 'no',
    next: 'Call list_templates with this host_id (on a terminal: `sshmcp templates list`) and use one of its template_id values.',
  },
  POLICY_ROLE_MISSING: {
    when: 'none of the roles of the caller allows this',
    retry: 'no',
    next: askWho,
  },
  POLICY_HOST_FORBIDDEN: {
    when: 'the host admits none of the roles of the caller',
    retry: 'no',
    next: askWho,
  },
  POLICY_TEMPLATE_FORBIDDEN: {
    when: 'the template admits none of the roles of the caller, or the host does not allow the template',
    retry: 'no',
    next: askWho,
  },
  POLICY_ONE_COMMAND_ONLY: {
    when: 'hosts.json has `certificate.mode` "per_command" for the host: it runs templates, and takes no sessions, files or keys',
    retry: 'no',
    next: 'Run a template with run_ssh_command, without a session; for files, whoever keeps hosts.json can use "per_connection" for this host.',
  },
  POLICY_READ_ONLY: {
    when: 'the server runs in read-only mode and this would change something',
    retry: 'no',
    next: 'Use a template of low risk, or have a person start the server without SSH_MCP_READ_ONLY.',
  },
  POLICY_APPROVAL_REQUIRED: {
    when: 'the operation is of high risk and a person has to approve exactly this operation first',
    retry: 'no',
    next: 'Call request_approval with this tool and these arguments; once approved, call again with its request_id as approval_request_id.',
  },
  POLICY_APPROVAL_NOT_NEEDED: {
    when: 'an approval is asked for a call that runs without one',
    retry: 'no',
    next: 'Call the tool without approval_request_id.',
  },
  POLICY_PATH_FORBIDDEN: {
    when: 'a path on a host is outside the allowed paths, as asked for or as the host resolved it, or is no plain file',
    retry: 'no',
    next: 'Choose an absolute path below one of the allowed paths, without "..", "//" or a link on the way.',
  },
  POLICY_EXTENSION_BLOCKED: {
    when: 'a file name has an extension that transfer_policy or the host blocks',
    retry: 'no',
    next: 'Choose another file, or ask whoever keeps policy.json (transfer_policy.blocked_extensions).',
  },
  POLICY_FILE_TOO_LARGE: {
    when: 'a file has more bytes than transfer_policy or the host allows, or grew beyond them on its way',
    retry: 'no',
    next: 'Choose a smaller file, or ask whoever keeps policy.json to raise transfer_policy.max_upload_bytes or max_download_bytes.',
  },
  POLICY_JUSTIFICATION_REQUIRED: {
    when: 'a download or a deletion came without a justification',
    retry: 'no',
    next: 'Say in justification why it is needed, such as the number of the incident, and call again.',
  },
  POLICY_PARAM_UNKNOWN: {
    when: 'the template has no parameter of that name',
    retry: 'no',
    next: seeTemplates,
  },
  POLICY_PARAM_MISSING: {
    when: 'a parameter has no value and no default, or an empty value',
    retry: 'no',
    next: seeTemplates,
  },
  POLICY_PARAM_TYPE: {
    when: 'a value is neither text, nor a whole number, nor a boolean',
    retry: 'no',
    next: 'Send the value as text, in quotes.',
  },
  POLICY_PARAM_TOO_LONG: {
    when: 'a value is longer than the parameter takes',
    retry: 'no',
    next: 'Send a shorter value; list_templates shows the pattern it has to match.',
  },
  POLICY_PARAM_UNSAFE: {
    when: 'a value holds control, bidirectional or zero-width characters, begins with a dash or holds ".."',
    retry: 'no',
    next: 'Send the value without it; a template that needs it says so in param_info (templates.json).',
  },
  POLICY_PARAM_MISMATCH: {
    when: 'a value does not match the pattern of its parameter from beginning to end',
    retry: 'no',
    next: seeTemplates,
  },
  POLICY_LINE_TOO_LONG: {
    when: 'the rendered line or standard input is longer than 100,000 bytes',
    retry: 'no',
    next: 'Send shorter values, or make it several calls.',
  },
})

/** The closed set of codes of this package. */
export type PolicyCode = keyof typeof policyErrors.table
