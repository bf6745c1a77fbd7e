import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { approvalsOnFiles, bob, callOf } from '../../test/programs/approvals-on-files.ts'
import { aRoot, steps, stopLifeAt } from '../../test/programs/stopped-lives.ts'
import { canTrace } from '../../test/strace.ts'

const programs = join(import.meta.dirname, '../../test/programs')

describe('8 processes that spend the same 1,000 approvals', () => {
  const folders = Array.from({ length: 100 }, (_, n) => `approval_data_${n}`)

  /** Starts, waits until it is up, then gives it all its work at once. */
  const spender = async (root: string) => {
    const child = spawn(process.execPath, ['--conditions=source', join(programs, 'spend-approvals.ts'), root])
    const lines: string[] = []
    child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(text))
    await once(child.stdout, 'data')
    return async (work: string): Promise<readonly string[]> => {
      child.stdin.end(work)
      const [code] = await once(child, 'close')
      expect(code).toBe(0)
      return lines.join('').trim().split('\n').slice(1)
    }
  }

  test('win exactly 1,000 times', async () => {
    const root = aRoot()
    const jobs: string[] = []
    for (const folder of folders) {
      const approvals = approvalsOnFiles(root, folder)
      for (let n = 1; n <= 10; n++) {
        const { requestId } = (await approvals.request({ ...callOf(n), justification: '' })).approval
        await approvals.approve({ requestId, decider: bob, typedWord: `web-${n}`, channel: 'terminal' })
        jobs.push(`${folder} ${n} ${requestId}`)
      }
    }
    const spenders = await Promise.all(Array.from({ length: 8 }, () => spender(root)))
    const answers = (await Promise.all(spenders.map((spend) => spend(`${jobs.join('\n')}\n`)))).flat()
    expect(answers).toHaveLength(8_000)
    const wins = answers.filter((line) => line.startsWith('won '))
    expect(wins).toHaveLength(1_000)
    expect(new Set(wins).size).toBe(1_000)
    expect(answers.filter((line) => line.startsWith('APPROVAL_USED '))).toHaveLength(7_000)
    rmSync(root, { recursive: true })
  }, 300_000)
})

describe.runIf(canTrace)('a life stopped at any step', () => {
  test.each([
    ...steps.map((step) => ({ ...step, fault: 'signal=KILL' })),
    { syscalls: 'link,linkat', atLeast: 5, fault: 'error=EIO' },
  ])('by $fault at each $syscalls: nothing runs twice, and the next life goes on', ({ syscalls, atLeast, fault }) => {
    let stopped = 0
    for (;;) {
      const life = stopLifeAt(syscalls, fault, stopped + 1)
      expect(life).toMatchObject({ ranInFirst: life.wasStopped ? 0 : 1, second: 'lived\n', unmarked: [] })
      expect(new Set(life.ran).size).toBe(life.ran.length)
      if (!life.wasStopped) break
      stopped++
    }
    expect(stopped).toBeGreaterThanOrEqual(atLeast)
  })
})
