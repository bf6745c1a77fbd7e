import { createPolicy } from '@sshmcp/policy'

const policy = createPolicy({
  hosts: [{ host_id: 'web-1', hostname: '192.0.2.10', ssh_user: 'deploy' }],
  templates: [
    {
      template_id: 'tail_log',
      argv: ['tail', '-n', '{lines}', '{path}'],
      allowed_params: { lines: '^[0-9]{1,5}$', path: '^/var/log/[a-z0-9./_]+$' },
      risk_level: 'low',
    },
  ],
})

const call = { userId: 'alice', roles: ['developer'], hostId: 'web-1', templateId: 'tail_log' } as const
export const good = policy.check({ ...call, params: { lines: 200, path: '/var/log/syslog' } }, Date.now())
// { effect: 'allow', commandLine: "tail -n '200' -- '/var/log/syslog'" }
export const bad = policy.check({ ...call, params: { lines: 200, path: '/etc/shadow' } }, Date.now())
// { effect: 'deny', code: 'POLICY_PARAM_MISMATCH', reason: 'The parameter "path" does not match …', next: '…' }
