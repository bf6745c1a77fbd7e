import { execFile } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const program = process.platform === 'win32' ? 'node.exe' : 'node'
/** Where installers put it: an editor started from a dock may have a short PATH. */
const usual = ['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/snap/bin']

/** The search, with what it looks at. */
export interface NodeSearch {
  /** The path that a person set; empty when none was. */
  readonly nodePath: string
  readonly searchPath: string
  /** What `--version` prints; undefined when the program cannot be run. */
  readonly versionOf: (path: string) => Promise<string | undefined>
}

/** No Node.js that is new enough. */
export class NodeMissing extends Error {}

/**
 * The Node.js that runs the server: the one that was set, else the first one found that is 20.19 or newer.
 * @throws NodeMissing naming the cure
 */
export async function findNode({ nodePath, searchPath, versionOf }: NodeSearch): Promise<string> {
  if (nodePath !== '') {
    const version = await versionOf(nodePath)
    if (isNewEnough(version)) return nodePath
    throw new NodeMissing(
      `sshMcp.nodePath names ${nodePath}, which ${version === undefined ? 'cannot be run' : `is ${version.trim()}`}. Set it to a Node.js 20.19 or newer.`,
    )
  }
  const folders = [...searchPath.split(delimiter).filter((folder) => folder !== ''), ...usual]
  for (const folder of new Set(folders)) {
    const path = join(folder, program)
    if (isNewEnough(await versionOf(path))) return path
  }
  throw new NodeMissing(
    'No Node.js 20.19 or newer was found. Install it from https://nodejs.org, or set sshMcp.nodePath to where it is.',
  )
}

/** Asks the program itself. */
export async function versionOf(path: string): Promise<string | undefined> {
  try {
    return (await run(path, ['--version'], { timeout: 10_000 })).stdout
  } catch {
    // Not there, not a program, or it hangs: in any case not the Node.js that is looked for.
    return undefined
  }
}

function isNewEnough(version: string | undefined): boolean {
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version ?? '') ?? []
  return Number(major) > 20 || (Number(major) === 20 && Number(minor) >= 19)
}
