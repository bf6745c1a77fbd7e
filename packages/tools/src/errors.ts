import { defineErrors } from '@sshmcp/kernel'

export const factsErrors = defineErrors({
  FACTS_UNREADABLE: {
    when: 'the host could not run the script that reads its facts',
    retry: 'yes',
    next: 'Check that the account on the host may run sh; a template such as disk_usage may tell more.',
  },
})
