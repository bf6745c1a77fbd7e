import { execFile, spawnSync } from 'node:child_process'
import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { configFolder } from '@sshmcp/runtime/testing'
import { builtServer, StdioServerProcess } from '../test/e2e/stdio-server.ts'
import { plainShell } from '../test/support/accounts.ts'
import { startSshd, type TestSshd } from '../test/support/sshd.ts'
import { bareClient, bareExec, echoOk } from './bare-ssh2.ts'
import { compare, median, printMedians, printRatio } from './measure.ts'

const exec = promisify(execFile)

/**
 * A warm `run_ssh_command` through the built stdio server, against a bare ssh2 exec with two durable appends and against
 * OpenSSH's own client over a ControlMaster, all on one sshd and one disk. Then what a start costs until tools are listed.
 */
export async function run(): Promise<void> {
  const sshd = await startSshd({ ...plainShell, config: ['MaxSessions 64'] })
  const folder = configFolder()
  try {
    folder.write('hosts.json', [
      { host_id: 'web', hostname: '127.0.0.1', port: sshd.port, ssh_user: sshd.user, identity_file: sshd.identityFile },
    ])
    folder.write('templates.json', [
      { template_id: 'ok', description: 'ok', command: echoOk, allowed_params: {}, risk_level: 'low' },
    ])
    const env = {
      HOME: folder.dir,
      SSH_MCP_CONFIG_DIR: folder.dir,
      SSH_MCP_SSH_KNOWN_HOSTS_FILE: sshd.knownHostsFile,
      SSH_MCP_RATE_LIMITS: '{"max_requests_per_minute": 100000}',
    }
    await warmCalls(sshd, env, folder.dir)
    await starts(env)
  } finally {
    folder.remove()
    await sshd.stop()
  }
}

async function warmCalls(sshd: TestSshd, env: Readonly<Record<string, string>>, dir: string): Promise<void> {
  const server = new StdioServerProcess(env, [builtServer])
  await server.initialize()
  const bare = await bareClient(sshd)
  const file = openSync(join(dir, 'floor'), 'a')
  const append = (): void => {
    writeSync(file, `${'x'.repeat(600)}\n`)
    fdatasyncSync(file)
  }
  const master = controlMaster(sshd, dir)
  try {
    const subjects = {
      'bare exec, two durable appends': async () => {
        append()
        await bareExec(bare)
        append()
      },
      run_ssh_command: async () => {
        const { stdout } = await server.call('run_ssh_command', { host_id: 'web', template_id: 'ok' })
        if (stdout !== 'ok\n') throw new Error(`unexpected answer ${JSON.stringify(stdout)}`)
      },
      'ssh over a ControlMaster': async () => {
        const { stdout } = await exec('ssh', [...master, echoOk])
        if (stdout !== 'ok\n') throw new Error(`unexpected answer ${JSON.stringify(stdout)}`)
      },
    }
    // Warm is what V8 has compiled: the road of a call is long, and takes some hundred calls until it is.
    const first = await compare({ rounds: 200, subjects })
    const medians = await compare({ rounds: 200, subjects })
    printMedians(medians)
    const call = medians.run_ssh_command
    const durable = 'bare exec, two durable appends'
    console.log(
      `       the first 200 calls to bare exec with two durable appends: ${(first.run_ssh_command / first[durable]).toFixed(2)}`,
    )
    printRatio('a warm call to bare exec with two durable appends', call / medians[durable], 1.4)
    printRatio('a warm call to ssh over a ControlMaster', call / medians['ssh over a ControlMaster'], 0.7)
  } finally {
    spawnSync('ssh', [...master, '-O', 'exit'], { stdio: 'ignore' })
    bare.end()
    closeSync(file)
    await server.stop()
  }
}

/** Arguments for OpenSSH's client that find a master connection already open. */
function controlMaster(sshd: TestSshd, dir: string): readonly string[] {
  const options = [`ControlPath=${join(dir, 'master')}`, `UserKnownHostsFile=${sshd.knownHostsFile}`, 'BatchMode=yes']
  const args = [
    '-F',
    'none',
    '-p',
    String(sshd.port),
    '-i',
    sshd.identityFile,
    ...options.flatMap((option) => ['-o', option]),
  ]
  const target = `${sshd.user}@127.0.0.1`
  const { status, stderr } = spawnSync('ssh', ['-M', '-N', '-f', ...args, target], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status !== 0) throw new Error(`no master connection: ${stderr}`)
  return [...args, target]
}

/** CPU time of a start until `tools/list` is answered, beside a start of bare Node. */
async function starts(env: Readonly<Record<string, string>>): Promise<void> {
  const samples: number[] = []
  for (let round = 0; round < 15; round++) {
    const server = new StdioServerProcess(env, [builtServer])
    await server.initialize()
    await server.request('tools/list')
    samples.push(cpuMs(server.child.pid ?? 0))
    await server.stop()
  }
  console.log(
    `  start to an answered tools/list    ${median(samples).toFixed(0)} ms CPU (median), Node ${process.version}`,
  )
  printRatio('CPU of a start to 150 ms', median(samples) / 150, 1)
}

/** User and system time of a process and all its threads, by /proc (proc(5): clock ticks, 100 a second). */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
