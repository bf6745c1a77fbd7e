import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectStdioClient } from '@sshmcp/mcp/client'
import { afterEach, expect, test } from 'vitest'
import * as z from 'zod'
import { repository } from './repository.ts'

const editorConfig = z.strictObject({
  servers: z.strictObject({
    sshmcp: z.strictObject({
      type: z.literal('stdio'),
      command: z.literal('node'),
      args: z.array(z.string()),
      env: z.record(z.string(), z.string()),
    }),
  }),
})

/** Editors allow comments in this file; ours stand on lines of their own. */
const withoutComments = (text: string): string => text.replaceAll(/^\s*\/\/.*$/gm, '')

let workspace = ''
afterEach(() => rmSync(workspace, { recursive: true, force: true }))

test('the editor configuration of this repository starts the built server', async () => {
  workspace = mkdtempSync(join(tmpdir(), 'sshmcp-workspace-'))
  symlinkSync(join(repository, 'apps'), join(workspace, 'apps'))
  mkdirSync(join(workspace, 'config'))
  cpSync(join(repository, 'config/templates.json'), join(workspace, 'config/templates.json'))
  cpSync(join(repository, 'config/hosts.example.json'), join(workspace, 'config/hosts.json'))

  const text = readFileSync(join(repository, '.vscode/mcp.json.example'), 'utf8')
  const here = withoutComments(text).replaceAll(/\$\{workspaceFolder\}/g, workspace)
  const { command, args, env } = editorConfig.parse(JSON.parse(here)).servers.sshmcp
  const client = await connectStdioClient({
    command,
    args,
    env: { PATH: process.env.PATH ?? '', HOME: workspace, ...env },
  })
  try {
    expect(await client.listTools()).toContain('run_ssh_command')
    const { isError, data } = await client.call('list_hosts', {})
    expect(isError).toBe(false)
    expect(data.hosts).not.toEqual([])
  } finally {
    await client.close()
  }
})
