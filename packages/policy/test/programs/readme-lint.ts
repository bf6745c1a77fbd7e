import { readFileSync } from 'node:fs'
import { lintTemplates } from '@sshmcp/policy'

const findings = lintTemplates(readFileSync('templates.json', 'utf8'))
for (const { severity, templateId, message, cure, counterExample } of findings) {
  const shown = counterExample && `${JSON.stringify(counterExample.value)} ${counterExample.effect}`
  process.stdout.write(`${severity} ${templateId ?? 'the file'}: ${message} ${cure} ${shown ?? ''}\n`)
}
process.exitCode = findings.some(({ severity }) => severity === 'error') ? 1 : 0
