import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { StdioServerProcess } from '../../../test/e2e/stdio-server.ts'
import { plainShell } from '../../../test/support/accounts.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { restart, tokens, writeIdentities } from './support/page-bench.ts'
import { type ServedPages, servedPages, startBrowser, visit } from './support/page-browser.ts'

describe.skipIf(!requireReal('chromium', 'sshd', 'ssh-keygen'))('the pages in a real browser', () => {
  let sshd: TestSshd
  let browser: Browser
  let pages: ServedPages
  let assistant: StdioServerProcess
  beforeAll(async () => {
    sshd = await startSshd(plainShell)
    browser = await startBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await sshd?.stop()
  })
  beforeEach(async () => {
    pages = await servedPages(sshd)
    // Alice's assistant is a client of MCP by a process of its own, on the same files.
    assistant = new StdioServerProcess({
      SSH_MCP_CONFIG_DIR: pages.folder.dir,
      HOME: pages.folder.dir,
      SSH_MCP_SSH_KNOWN_HOSTS_FILE: sshd.knownHostsFile,
      SSH_MCP_AUTH_TOKEN: tokens.alice,
    })
    await assistant.initialize()
  })
  afterEach(async () => {
    await assistant.stop()
    for (const context of browser.contexts()) await context.close()
    await pages.close()
  })

  const asked = async (more: object = {}): Promise<string> =>
    String((await assistant.call('request_approval', { ...restart, ...more })).request_id)
  const run = (id: string) => assistant.call('run_ssh_command', { ...restart.arguments, approval_request_id: id })

  test('a request made over MCP appears by itself, a second person approves, and the call runs on the host', async () => {
    const { page } = await visit(browser, pages.url, 'bob')
    await page.getByText('Nothing waits for a decision.').waitFor()
    const id = await asked()
    await page.getByText('nginx does not answer since 08:00').waitFor()
    expect(await page.locator('#announcer').textContent()).toBe('1 request waits for a decision.')
    expect(await page.title()).toBe('(1) Approvals · sshmcp')

    // By keyboard alone.
    await page.locator(`[id="${id}"]`).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'What will happen, exactly' }).waitFor()
    await page.getByLabel(/^Type web-1/).focus()
    await page.keyboard.type('web-1')
    await page.keyboard.press('Enter')
    await page.getByText('It is approved').waitFor()

    expect(await run(id)).toMatchObject({ exit_code: 0, stdout: 'restarted nginx\n' })
    // What is shown follows what happened.
    await page.getByText('It was approved and has been used').waitFor()
    expect(await run(id)).toMatchObject({ error: { code: 'APPROVAL_USED' } })
  })

  test('without a script all of it works: looking again, approving, denying, a code', async () => {
    const { page } = await visit(browser, pages.url, 'bob', { javaScriptEnabled: false })
    const id = await asked()
    await page.getByRole('link', { name: 'look again' }).click()
    await page.getByRole('link', { name: /run_ssh_command on web-1/ }).click()
    await page.getByLabel(/^Type web-1/).fill('web')
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('The word to type is web-1').waitFor()
    await page.getByLabel(/^Type web-1/).fill('web-1')
    await page.getByRole('button', { name: 'Make a one-time code' }).click()
    const code = (await page.locator('.code').textContent())?.trim()
    expect(await assistant.call('approve_request', { request_id: id, approval_token: code })).toMatchObject({
      status: 'approved',
    })
    expect(await run(id)).toMatchObject({ exit_code: 0 })

    const other = await asked({ arguments: { ...restart.arguments, params: { service: 'cron' } } })
    await page.goto(`/approvals/${other}`)
    await page.getByLabel(/^Why not/).fill('not now')
    await page.getByRole('button', { name: 'Deny' }).click()
    await page.getByText('It is denied, and that is final.').waitFor()
    await page.goto('/activity?tool=run_ssh_command')
    await page.getByText('The chain: Whole and signed.').waitFor()
  })

  test('hostile text in every field is inert', async () => {
    const hostile = `"'><script>document.title='owned'</script><img src=/approvals onerror="document.title='owned'"><a href="javascript:document.title='owned'">x</a>`
    pages.folder.write('hosts.json', [])
    const { page } = await visit(browser, pages.url, 'bob')
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('dialog', (dialog) => errors.push(dialog.message()))
    const id = await asked({
      arguments: { ...restart.arguments, params: { service: hostile } },
      justification: `${hostile}\u202e\u0007`,
      ticket_ref: hostile.slice(0, 190),
    })
    const words = encodeURIComponent(hostile)
    await page.locator(`[id="${id}"]`).waitFor()
    for (const path of [
      '/approvals',
      `/approvals/${id}`,
      '/activity',
      `/activity?text=${words}`,
      `/hosts?labels=${words}`,
    ]) {
      await page.goto(path)
      expect(await page.locator('main img, main script, main a[href^="javascript"], main iframe').count(), path).toBe(0)
      expect(await page.title(), path).not.toContain('owned')
    }
    await page.goto(`/approvals/${id}`)
    expect(await page.locator('main').textContent()).toContain('\\u{202e}\\u{7}')
    expect(errors).toEqual([])
  })

  test('a form on another site decides nothing, and no other site frames the pages', async () => {
    const id = await asked()
    const { context, page } = await visit(browser, pages.url, 'bob')
    const evil = 'http://evil.localhost.test/'
    await context.route(`${evil}**`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${pages.url}/approvals/${id}/approve"><input name="typed_word" value="web-1"><button>win</button></form><iframe src="${pages.url}/approvals/${id}"></iframe>`,
      }),
    )
    await page.goto(evil)
    const framed = page.frames().find((frame) => frame !== page.mainFrame())
    expect(
      await framed
        ?.locator('form')
        .count()
        .catch(() => 0),
    ).toBe(0)
    await page.getByRole('button', { name: 'win' }).click()
    await page.waitForURL(`${pages.url}/**`)
    expect(await run(id)).toMatchObject({ error: { code: 'APPROVAL_PENDING' } })
  })

  test('whoever is revoked is out at once, also where a page is only looked at', async () => {
    const { page } = await visit(browser, pages.url, 'bob')
    await page.getByText('Kept up to date').waitFor()
    await asked()
    await page.getByText('nginx does not answer since 08:00').waitFor()
    writeIdentities(pages.folder, { alice: ['operator', 'admin'] })
    // The next thing that happens anywhere shows the page that it is over.
    await page.reload()
    await page.getByText('You were signed out: sign in again.').waitFor()
  })
})
