import { readFileSync, writeFileSync, mkdirSync } from 'node:fs'
import { systemClock } from '@sshmcp/kernel'
import { aHost } from '@sshmcp/kernel/testing'
import { MemoryKnownHosts, MemoryPrivateKeys } from '@sshmcp/transport/testing'
import { startSshd } from '/work/main/test/support/sshd.ts'
import { createSsh2Transport } from '@sshmcp/transport-ssh2'
const sshd = await startSshd({ config: ['Subsystem sftp internal-sftp'] })
try {
  const t = createSsh2Transport({ knownHosts: new MemoryKnownHosts(readFileSync(sshd.knownHostsFile,'utf8').trim().split('\n')), privateKeys: new MemoryPrivateKeys({ key: readFileSync(sshd.identityFile,'utf8') }), agentSocket: undefined, clock: systemClock, connectTimeoutSeconds: 20, keepalive: { intervalSeconds: 15, countMax: 3 } })
  const s = new AbortController().signal
  const c = await t.connect(aHost({ hostname: '127.0.0.1', port: sshd.port, sshUser: sshd.user, identityFile: 'key' }), s)
  const f = await c.sftp(s)
  console.log(await f.realpath(sshd.folder, s), await f.lstat(sshd.folder, s))
  for await (const e of f.list(sshd.folder, s)) console.log(e.map(x => [x.name, x.links, x.size].join(' ')))
  const big = Buffer.alloc(500*1024*1024, 'abc')
  writeFileSync(sshd.folder+'/big', big)
  for (let i=0;i<3;i++){ const a=performance.now(); const r = await f.openRead(sshd.folder+'/big', s); let n=0; for await (const b of r.read(s)) for (const x of b) n+=x.length; await r.close(); console.log('read', n, (n/1e3/(performance.now()-a)).toFixed(0),'MB/s') }
  for (let i=0;i<3;i++){ const a=performance.now(); const w = await f.create(sshd.folder+'/up'+i, 0o644, s); const n = await w.write((async function*(){ for (let at=0;at<big.length;at+=262144) yield big.subarray(at,at+262144) })(), s); await w.close(); console.log('write', n, (n/1e3/(performance.now()-a)).toFixed(0),'MB/s'); await f.remove(sshd.folder+'/up'+i, s) }
  let a=performance.now(); console.log(await f.readOnHost(sshd.folder+'/big', 500*1024*1024, s), performance.now()-a)
  await f.close(); await c.close()
} finally { await sshd.stop() }
