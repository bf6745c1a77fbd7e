import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js'
import { promptTexts } from './prompt-texts.ts'

/** Names of hosts and templates; anything else would be text that somebody puts into a person's mouth. */
const nameShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/** Prompts are fixed texts with names filled in: they cost no call and show nothing. Completions are those of resources. */
export function servePrompts(server: Server): void {
  server.setRequestHandler(ListPromptsRequestSchema, () => ({
    prompts: promptTexts.map(({ name, title, description, arguments: wanted }) => ({
      ...{ name, title, description },
      arguments: wanted.map((argument) => ({ ...argument, required: true })),
    })),
  }))
  server.setRequestHandler(GetPromptRequestSchema, ({ params: { name, arguments: given = {} } }) => {
    const prompt = promptTexts.find((each) => each.name === name)
    if (prompt === undefined) throw new McpError(ErrorCode.InvalidParams, 'There is no such prompt.')
    const text = prompt.text((argument) => nameIn(given, argument))
    return { description: prompt.description, messages: [{ role: 'user', content: { type: 'text', text } }] }
  })
}

function nameIn(given: Readonly<Record<string, string>>, argument: string): string {
  const value = Object.hasOwn(given, argument) ? given[argument] : undefined
  if (value !== undefined && nameShape.test(value)) return value
  throw new McpError(
    ErrorCode.InvalidParams,
    `${argument} has to be the name of one; letters, digits, dots and dashes.`,
  )
}
