import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readText } from '@sshmcp/runtime'
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

/** No password is asked for, as with a NOPASSWD line for this command. */
const sudo = `#!/bin/sh
shift 2
exec "$@"
`

/** Restarts nothing; remembers what it was asked. */
const systemctl = `#!/bin/sh
echo "$@" >> "$DEMO_ROOT/restarts"
`

/** What {@link systemctl} of a host remembers. */
export function restartsOf(root: string): readonly string[] {
  const path = join(root, 'restarts')
  return existsSync(path) ? readText(path).trim().split('\n') : []
}

export interface DemoHostOptions {
  /** The host's own folder: its working directory and its /var/log. */
  readonly root: string
  readonly authorizedKey: string
  /** Text of each file below /var/log. */
  readonly logs: Readonly<Record<string, string>>
}

/** An SSH host on loopback that runs real commands; only its /var/log, sudo and systemctl are played. */
export function startDemoHost({ root, authorizedKey, logs }: DemoHostOptions): Promise<EmbeddedHost> {
  for (const [name, text] of Object.entries(logs)) write(join(root, 'var/log', name), text)
  for (const [name, text] of Object.entries({ tail, sudo, systemctl }))
    chmodSync(write(join(root, 'bin', name), text), 0o700)
  const path = process.env.PATH ?? '/usr/bin:/bin'
  return startEmbeddedHost({
    authorizedKeys: [authorizedKey],
    cwd: root,
    env: { PATH: `${join(root, 'bin')}:${path}`, DEMO_ROOT: root, DEMO_PATH: path, SHELL: '/bin/sh', LC_ALL: 'C' },
  })
}

function write(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, text, { mode: 0o600 })
  return path
}
