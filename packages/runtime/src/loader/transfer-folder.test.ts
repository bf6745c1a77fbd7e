import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { requireApartFromSecrets } from './transfer-folder.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sshmcp-transfer-dir-'))
  mkdirSync(join(home, '.ssh'))
  mkdirSync(join(home, 'config', 'keys'), { recursive: true })
})
afterEach(() => rmSync(home, { recursive: true }))

function check(transferDir: string): () => void {
  const at = (name: string): string => join(home, 'config', name)
  const places = {
    configDir: join(home, 'config'),
    hostsFile: at('hosts.json'),
    templatesFile: at('templates.json'),
    policyFile: at('policy.json'),
    identitiesFile: at('identities.json'),
    redactionFile: at('redaction.json'),
    auditLogDir: at('audit_logs'),
    certDataDir: at('cert_data'),
    approvalDataDir: at('approval_data'),
    keysDir: at('keys'),
    transferDir: join(home, transferDir),
  }
  return () => requireApartFromSecrets(places, home)
}

test.each([
  ['equals ~/.ssh', '.ssh'],
  ['lies in ~/.ssh', '.ssh/moved'],
  ['contains ~/.ssh', '.'],
  ['equals the config folder', 'config'],
  ['equals the journal', 'config/audit_logs'],
  ['lies in the certificates', 'config/cert_data/x'],
  ['equals the approvals', 'config/approval_data'],
  ['lies in the keys', 'config/keys/x'],
])('refuses one that %s', (_, folder) => {
  expect(check(folder)).toThrow(/may not lie in one another/)
})

test('refuses one that is a link to the keys, or lies behind one', () => {
  symlinkSync(join(home, 'config', 'keys'), join(home, 'link'))
  expect(check('link')).toThrow(/may not lie in one another/)
  expect(check('link/below')).toThrow(/may not lie in one another/)
})

test.each(['config/transfers', 'config/audit_logs_2', 'elsewhere'])('takes %s', (folder) => {
  expect(check(folder)).not.toThrow()
})
