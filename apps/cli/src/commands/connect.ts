import { kernelErrors, Secret } from '@sshmcp/kernel'
import { parseEnvironment, readTokenFile } from '@sshmcp/runtime'
import { type AddCommand, type CommandContext, withExample } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { httpEndpoint } from '../http-endpoint.ts'

/** `connect URL`: a stdio server for editors that cannot authenticate to a remote one. */
export const addConnect: AddCommand = (program, context) => {
  const command = program
    .command('connect')
    .argument('<url>', 'the HTTP server, such as https://ssh.example.org')
    .description('a stdio server that forwards to an HTTP one, adding the token of SSH_MCP_AUTH_TOKEN_FILE')
    .action(async (url: string) => {
      await connect(context, url)
      context.exit(exitCode.done)
    })
  withExample(command, 'SSH_MCP_AUTH_TOKEN_FILE=~/.ssh-mcp/token sshmcp connect https://ssh.example.org')
}

async function connect({ terminal }: CommandContext, text: string): Promise<void> {
  const url = httpEndpoint(text, 'url')
  const { authTokenFile } = parseEnvironment(terminal.env)
  if (authTokenFile === undefined) {
    throw kernelErrors.error('CONFIG_INVALID', {
      message: 'SSH_MCP_AUTH_TOKEN_FILE is not set.',
      next: 'Set it to a file (mode 0600) that holds the token you were given for that server.',
      field: 'SSH_MCP_AUTH_TOKEN_FILE',
    })
  }
  const token = new Secret(readTokenFile(authTokenFile.replace(/^~(?=\/)/, terminal.homeDir)))
  const onError = (reason: string): void => terminal.complain(`sshmcp: ${url.href}: ${reason}\n`)
  // Only here: an event stream's client is nothing that other commands should wait for.
  const { forwardStdio } = await import('@sshmcp/mcp/forward')
  await forwardStdio({ url, token, onError })
}
