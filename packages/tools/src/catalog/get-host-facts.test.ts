import { expect, test } from 'vitest'
import { toolBench } from '../testing/tool-bench.ts'

const debian = `
@@os
PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"

@@kernel
Linux 6.1.0-18-amd64 x86_64

@@hostname
web-1

@@uptime
12345.67 20000.00

@@load
0.10 0.20 0.30 1/200 4242

@@cpu
4
AMD EPYC

@@memory
MemTotal:        1024 kB
MemFree:          100 kB
MemAvailable:     512 kB
SwapTotal:          0 kB
SwapFree:           0 kB

@@disks
Filesystem     1024-blocks    Used Available Capacity Mounted on
/dev/vda1             1000     250       750      25% /
tmpfs                    8       0         8       0% /mnt/with space

@@end
`

test('reads what a host says of itself', async () => {
  const reply = await toolBench({ run: () => ({ stdout: debian }) }).call('get_host_facts', { host_id: 'staging-1' })
  expect(reply).toMatchObject({
    isError: false,
    result: {
      host_id: 'staging-1',
      os: 'Debian GNU/Linux 12 (bookworm)',
      kernel: 'Linux 6.1.0-18-amd64 x86_64',
      hostname: 'web-1',
      uptime_seconds: 12345,
      cpu: { count: 4, model: 'AMD EPYC', load_average: [0.1, 0.2, 0.3] },
      memory: { total_bytes: 1048576, available_bytes: 524288, swap_total_bytes: 0, swap_free_bytes: 0 },
      disks: [
        {
          filesystem: '/dev/vda1',
          mount: '/',
          size_bytes: 1024000,
          used_bytes: 256000,
          available_bytes: 768000,
          use_percent: 25,
        },
        { filesystem: 'tmpfs', mount: '/mnt/with space' },
      ],
      raw: debian,
    },
    meta: { risk_level: 'low' },
  })
})

test('what the host does not tell is null, never a guess', async () => {
  const bare = '\n@@os\n\n@@kernel\n\n@@hostname\n\n@@uptime\n\n@@load\n\n@@cpu\n\n@@memory\n\n@@disks\n\n@@end\n'
  const reply = await toolBench({ run: () => ({ stdout: bare }) }).call('get_host_facts', { host_id: 'staging-1' })
  expect(reply).toMatchObject({
    result: { os: null, kernel: null, hostname: null, uptime_seconds: null, cpu: null, memory: null, disks: null },
  })
})

test('a host that cannot run the script is an error, not empty facts', async () => {
  const reply = await toolBench({ run: () => ({ exitCode: 127 }) }).call('get_host_facts', { host_id: 'staging-1' })
  expect(reply).toMatchObject({ isError: true, error: { code: 'FACTS_UNREADABLE' } })
})

test('the journal shows what would run: a shell, and the script on its input', async () => {
  const { call, journal, transport } = toolBench({ run: () => ({ stdout: debian }) })
  await call('get_host_facts', { host_id: 'staging-1' })
  expect(transport.sent[0]?.request.line).toBe('sh')
  expect(journal.lines[0]).toMatchObject({
    kind: 'intent',
    record: { action: { verb: 'host.facts', line: 'sh', stdin: transport.sent[0]?.request.stdin } },
  })
})
