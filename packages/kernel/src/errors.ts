import { defineErrors } from './error.ts'

/** Codes that any package may need. */
export const kernelErrors = defineErrors({
  INPUT_INVALID: {
    when: 'an argument is missing, unknown or not of the form that is asked for',
    retry: 'no',
    next: 'Correct the field that is named and call again.',
  },
  CONFIG_INVALID: {
    when: 'a configuration file or environment variable is wrong; nothing was started',
    retry: 'no',
    next: 'Correct the place that is named and start again.',
  },
  INTERNAL: {
    when: 'something failed that should not; the journal has an entry with the audit_id',
    retry: 'no',
    next: 'Report it with the audit_id; the details are in the server log.',
  },
})
