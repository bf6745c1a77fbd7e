import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type EmbeddedHost, startEmbeddedHost } from '@sshmcp/transport-ssh2/embedded-host'

/** Plays the host's own /var/log: paths below it are looked up in the host's folder. */
const tail = `#!/bin/sh
for word do
  shift
  case $word in /var/log/*) word=$DEMO_ROOT$word ;; esac
  set -- "$@" "$word"
done
PATH=$DEMO_PATH exec tail "$@"
`

export interface DemoHostOptions {
  /** The host's own folder: its working directory and its /var/log. */
  readonly root: string
  readonly authorizedKey: string
  /** Text of each file below /var/log. */
  readonly logs: Readonly<Record<string, string>>
}

/** An SSH host on loopback that runs real commands; only its /var/log is played. */
export function startDemoHost({ root, authorizedKey, logs }: DemoHostOptions): Promise<EmbeddedHost> {
  for (const [name, text] of Object.entries(logs)) write(join(root, 'var/log', name), text)
  const script = write(join(root, 'bin/tail'), tail)
  chmodSync(script, 0o700)
  const path = process.env.PATH ?? '/usr/bin:/bin'
  return startEmbeddedHost({
    authorizedKeys: [authorizedKey],
    cwd: root,
    env: { PATH: `${dirname(script)}:${path}`, DEMO_ROOT: root, DEMO_PATH: path, SHELL: '/bin/sh', LC_ALL: 'C' },
  })
}

function write(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, text, { mode: 0o600 })
  return path
}
