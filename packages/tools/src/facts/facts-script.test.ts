import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import { factsScript } from './facts-script.ts'
import { parseFacts } from './parse-facts.ts'

test('the script, run by this machine’s own sh, says what this machine is', () => {
  const { stdout, status } = spawnSync('sh', [], { input: factsScript, encoding: 'utf8' })
  expect(status).toBe(0)
  const facts = parseFacts(stdout)
  expect(facts.hostname).toBe(hostname())
  expect(facts.kernel).toMatch(/^Linux /)
  expect(facts.cpu?.count).toBeGreaterThan(0)
  expect(facts.memory?.totalBytes).toBeGreaterThan(0)
  expect(facts.disks?.length).toBeGreaterThan(0)
})

test('it works on a host with next to nothing installed', () => {
  const { stdout, stderr, status } = spawnSync('/bin/sh', [], {
    input: factsScript,
    encoding: 'utf8',
    env: { PATH: '/nonexistent' },
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(parseFacts(stdout)).toMatchObject({ kernel: null, disks: null, hostname: hostname() })
})
