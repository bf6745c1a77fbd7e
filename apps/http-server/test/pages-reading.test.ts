import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type PageBench, pageBench, restart, tokens, visitor } from './support/page-bench.ts'

let bench: PageBench
let bob: ReturnType<typeof visitor>
beforeEach(async () => {
  bench = await pageBench({
    hosts: [
      {
        host_id: 'web-1',
        hostname: '10.0.0.4',
        ssh_user: 'deploy',
        labels: { env: 'production' },
        description: 'Shop',
      },
      { host_id: 'lab-1', hostname: '10.0.0.9', ssh_user: 'root' },
    ],
  })
  bob = visitor(bench.pages)
  await bob.signIn(tokens.bob)
})
afterEach(() => bench.close())

describe('activity', () => {
  test('says at the top how the chain stands, and what ran', async () => {
    await bench.asModel('run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
    const page = await bob.text('/activity')
    expect(page).toContain('The chain: Whole and signed.')
    expect(page).toContain('<bdi dir="ltr">df -h</bdi>')
    expect(page.indexOf('The chain:')).toBeLessThan(page.indexOf('df -h'))
  })

  test('narrows by every filter, and keeps what was filled in', async () => {
    await bench.asModel('run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
    for (const query of ['text=df+-h', 'tool=run_ssh_command', 'host_id=web-1', 'user_id=alice', 'status=ok']) {
      const page = await bob.text(`/activity?${query}`)
      expect(page).toContain('<bdi dir="ltr">df -h</bdi>')
      expect(page).toMatch(
        new RegExp(query.startsWith('status') ? 'value="ok" selected' : 'value="(df -h|run_ssh_command|web-1|alice)"'),
      )
    }
    expect(await bob.text('/activity?text=no+such+words')).toContain('No entry is like that')
    expect(await bob.text('/activity?from=2040-01-01T00:00')).toContain('No entry is like that')
    expect(await bob.text('/activity?to=2040-01-01T00:00')).toContain('<bdi dir="ltr">df -h</bdi>')
  })

  test('goes on page by page to the first entry', async () => {
    for (let at = 0; at < 60; at++) await bench.asModel('list_hosts', {})
    let path: string | undefined = '/activity?tool=list_hosts'
    const seen: string[] = []
    while (path !== undefined) {
      const page: string = await bob.text(path)
      seen.push(...[...page.matchAll(/entry-number">Entry (\d+)</g)].map(([, seq]) => seq ?? ''))
      path = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(new Set(seen).size).toBe(60)
    expect(seen.map(Number)).toEqual(seen.map(Number).sort((a, b) => b - a))
  })

  test('a filter that cannot be is said beside the form', async () => {
    const response = await bob.send('/activity?from=yesterday')
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('RFC 3339')
  })

  test('is for auditors and admins; others are told what to do', async () => {
    const alice = visitor(bench.pages)
    await alice.signIn(tokens.alice)
    const response = await alice.send('/activity')
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('POLICY_ROLE_MISSING')
  })

  test('is offered to those alone who may open it', async () => {
    const alice = visitor(bench.pages)
    await alice.signIn(tokens.alice)
    for (const path of ['/approvals', '/hosts']) {
      expect(await alice.text(path), path).not.toContain('/activity')
      expect((await bob.text(path)).match(/href="\/activity/g)?.length, path).toBeGreaterThan(1)
    }
    const { request_id = '' } = await bench.asModel('request_approval', restart)
    const decision = { form_token: await bob.formToken(), typed_word: 'web-1', how: 'now' }
    await bob.post(`/approvals/${request_id}/approve`, decision)
    await bench.asModel('run_ssh_command', { ...restart.arguments, approval_request_id: request_id })
    expect(await alice.text(`/approvals/${request_id}`)).toMatch(/has been used(?![\s\S]*\/activity)/)
    expect(await bob.text(`/approvals/${request_id}`)).toContain(`<a href="/activity?text=${request_id}">`)
  })
})

describe('hosts', () => {
  test('with labels and what may be run there, and one’s own sessions and jobs, never those of others', async () => {
    await bench.asModel('ssh_connect', { host_id: 'web-1' })
    await bench.asModel('run_ssh_command_background', { host_id: 'web-1', template_id: 'disk_usage' })
    const alice = visitor(bench.pages)
    await alice.signIn(tokens.alice)
    const page = await alice.text('/hosts')
    for (const text of ['web-1', 'lab-1', 'env=production', 'Shop', 'deploy@10.0.0.4:22', 'disk_usage', 'alive']) {
      expect(page).toContain(text)
    }
    expect(await bob.text('/hosts')).toContain('None is open.')
    expect(await bob.text('/hosts?labels=env%3Dproduction')).not.toContain('lab-1')
    expect(await bob.text('/hosts?labels=env%3Dnone')).toContain('No host has these labels')
    expect((await bob.send('/hosts?labels=nonsense')).status).toBe(422)
  })
})

test('hostile text in every field is text', async () => {
  const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(1)>\u202egnp.exe\u001b[2J`
  const request = await bench.asModel('request_approval', {
    ...restart,
    arguments: { ...restart.arguments, params: { service: `"'><script>alert(1)</script>` } },
    justification: hostile,
    ticket_ref: hostile,
  })
  const paths = [
    '/approvals',
    `/approvals/${request.request_id}`,
    '/activity',
    `/activity?text=${encodeURIComponent(hostile)}&user_id=${encodeURIComponent(hostile)}&from=${encodeURIComponent(hostile)}`,
    `/hosts?labels=${encodeURIComponent(hostile)}`,
    `/approvals/${encodeURIComponent(hostile)}`,
    `/sign-in?next=${encodeURIComponent(hostile)}`,
  ]
  for (const path of paths) {
    const page = await bob.text(path)
    expect(page, path).not.toMatch(/<script>|<img/)
    // What somebody typed stands in their own field as they typed it.
    expect(page.replaceAll(/ value="[^"]*"/g, ''), path).not.toMatch(/[\u202e\u001b]/)
  }
  expect(await bob.text('/approvals')).toContain('\\u{202e}gnp.exe\\u{1b}[2J')
})
