import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { restart } from './support/page-bench.ts'
import { type ServedPages, servedPages, startBrowser, visit } from './support/page-browser.ts'

/** `SCREENSHOTS=folder` keeps a picture of every page in every look. */
const pictures = process.env.SCREENSHOTS
/** Every rule once; what differs between looks is colours, in the dark one. */
async function violationsOn(page: Page, name: string): Promise<readonly unknown[]> {
  if (name.endsWith('-phone')) return []
  const builder = new AxeBuilder({ page })
  const { violations } = await (name.endsWith('-dark') ? builder.withRules('color-contrast') : builder).analyze()
  return violations.map(({ id, impact, nodes }) => [id, impact, nodes.map(({ html }) => html.slice(0, 160))])
}

const looks = {
  light: { colorScheme: 'light', viewport: { width: 1100, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1100, height: 800 } },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const

describe.skipIf(!requireReal('chromium', 'sshd', 'ssh-keygen'))('how the pages look', () => {
  let sshd: TestSshd
  let browser: Browser
  let pages: ServedPages
  let empty: ServedPages
  const ids: string[] = []
  beforeAll(async () => {
    sshd = await startSshd(plainShell)
    browser = await startBrowser()
    pages = await servedPages(sshd, { bobsRoles: ['operator', 'auditor', 'admin'] })
    empty = await servedPages(sshd, { hosts: [] })
    for (const [service, justification] of [
      ['nginx', restart.justification],
      [
        'аpache2',
        'The shop answers with 502. I looked at the log; a restart of apache2 should help. It is safe, please approve quickly.',
      ],
      ['cron', 'It was restarted an hour ago and still hangs.'],
    ]) {
      const args = { ...restart.arguments, params: { service } }
      ids.push(
        String((await pages.asModel('request_approval', { ...restart, arguments: args, justification })).request_id),
      )
    }
    await pages.asModel('run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
    await pages.asModel('ssh_connect', { host_id: 'db-1' })
    await pages.asModel('run_ssh_command_background', { host_id: 'web-1', template_id: 'disk_usage' })
  })
  afterAll(async () => {
    await browser?.close()
    await pages?.close()
    await empty?.close()
    await sshd?.stop()
  })

  async function look(page: Page, name: string): Promise<void> {
    expect(await violationsOn(page, name), name).toEqual([])
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(overflow, `${name} is wider than its window`).toBe(0)
    if (pictures === undefined) return
    mkdirSync(pictures, { recursive: true })
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
  }

  test.each(['light', 'dark', 'phone'] as const)('%s: readable, labelled, nothing cut off', async (name) => {
    const options = looks[name]
    const isThorough = name === 'light' || pictures !== undefined
    const stranger = await browser.newContext({ baseURL: pages.url, ...options })
    const door = await stranger.newPage()
    await door.goto('/sign-in')
    await look(door, `sign-in-${name}`)
    if (isThorough) {
      await door.getByLabel('Your token').fill('wrong')
      await door.getByRole('button', { name: 'Sign in' }).click()
      await door.getByRole('alert').waitFor()
      await look(door, `sign-in-refused-${name}`)
    }

    const { context, page } = await visit(browser, pages.url, 'bob', options)
    await look(page, `approvals-${name}`)
    await page.goto(`/approvals/${ids[1]}`)
    await look(page, `approval-suspicious-${name}`)
    await page.goto('/activity')
    await page.locator('.entry summary').first().click()
    await look(page, `activity-${name}`)
    await page.goto('/hosts')
    await page.getByText('templates you may run here').first().click()
    await page.keyboard.press('Tab')
    await look(page, `hosts-idle-${name}`)
    if (!isThorough) return
    await page.goto(`/approvals/${ids[0]}`)
    await look(page, `approval-${name}`)
    await page.getByLabel(/^Type web-1/).fill('web-2')
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('alert').waitFor()
    await look(page, `approval-wrong-word-${name}`)
    await page.getByLabel(/^Type web-1/).fill('web-1')
    await page.getByRole('button', { name: 'Make a one-time code' }).click()
    await look(page, `code-${name}`)
    if (name === 'light') {
      await page.goto(`/approvals/${ids[2]}`)
      await page.getByLabel(/^Why not/).fill('Look at the log first: sudo -n journalctl -u cron')
      await page.getByRole('button', { name: 'Deny' }).click()
    }
    await page.goto(`/approvals/${ids[2]}`)
    await page.getByText('About the request').click()
    await look(page, `approval-denied-${name}`)
    await page.goto('/activity?text=nothing+like+it')
    await look(page, `activity-nothing-${name}`)
    await page.goto('/approvals/apr_000000000000000000000000')
    await look(page, `not-here-${name}`)
    await page.goto('/nowhere')
    await look(page, `nowhere-${name}`)

    const alice = await visit(browser, pages.url, 'alice', options)
    await alice.page.goto('/hosts')
    await look(alice.page, `hosts-${name}`)
    await alice.page.goto('/activity')
    await look(alice.page, `activity-refused-${name}`)
    await alice.page.goto(`/approvals/${ids[0]}`)
    await look(alice.page, `approval-own-${name}`)
    const nobody = await visit(browser, empty.url, 'bob', options)
    await look(nobody.page, `approvals-empty-${name}`)
    await nobody.page.goto('/hosts')
    await look(nobody.page, `hosts-empty-${name}`)
    for (const each of [stranger, context, alice.context, nobody.context]) await each.close()
  })
})
