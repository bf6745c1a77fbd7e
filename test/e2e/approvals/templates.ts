const template = (template_id: string, command: string, extra: object = {}) => ({
  template_id,
  description: template_id,
  command,
  // Wide on purpose: what a pattern would have stopped must be stopped by the approval.
  allowed_params: { service: '^\\S+$' },
  risk_level: 'high',
  ...extra,
})

/** Templates whose every execution leaves a word in a file on the host. */
export function templates(executed: string): readonly object[] {
  return [
    template('restart', `echo {service} >> ${executed}`),
    template('restart_patiently', `echo {service} >> ${executed}`, { timeout_seconds: 300 }),
    template('restart_failing', `echo {service} >> ${executed}; exit 1`),
    template('look', `echo {service} >> ${executed}`, { risk_level: 'low' }),
    template('reload', `echo {service} >> ${executed}`, { risk_level: 'medium' }),
  ]
}
