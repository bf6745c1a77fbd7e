import { delimiter } from 'node:path'
import { programPath } from './require-real.ts'

/** The machine's own Node: the one `.ci/run` names, else the first on PATH that is not of the workspace. */
function machineNode(): string | undefined {
  if (process.env.SYSTEM_NODE !== undefined) return process.env.SYSTEM_NODE
  const folders = (process.env.PATH ?? '').split(delimiter)
  return programPath(
    'node',
    folders.filter((folder) => folder !== '' && !folder.includes('node_modules')),
  )
}

/** What a program of ours is tried on: the workspace's Node 24, and the machine's own, which may be the oldest that is served. */
export const servedNodes: readonly string[] = [...new Set([process.execPath, machineNode() ?? process.execPath])]
