import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import { png, textResource } from './fixture-content.ts'
import { callFixture, fixtureTools } from './fixture-tools.ts'

/**
 * What the conformance suite asks of a server besides the protocol: tools, resources and prompts with fixed names. They stand in
 * for ours on one session's server; transport, sessions, Host and Origin, tokens and limits stay those of production.
 */
export function addConformanceFixtures(server: Server): void {
  server.registerCapabilities({ resources: { subscribe: true } })
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: fixtureTools }))
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) => callFixture(server, params, extra))
  resources(server)
  prompts(server)
}

function resources(server: Server): void {
  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: ['static-text', 'static-binary', 'watched-resource'].map((name) => ({
      ...{ uri: `test://${name}`, name, description: 'One of the suite' },
    })),
  }))
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [
      { uriTemplate: 'test://template/{id}/data', name: 'template', description: 'One of the suite' },
    ],
  }))
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => {
    const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1]
    if (id !== undefined) {
      const text = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` })
      return { contents: [{ uri, mimeType: 'application/json', text }] }
    }
    if (uri === 'test://static-binary') return { contents: [{ uri, mimeType: 'image/png', blob: png }] }
    return { contents: [textResource(uri, 'This is the content of the static text resource.')] }
  })
  server.setRequestHandler(SubscribeRequestSchema, () => ({}))
  server.setRequestHandler(UnsubscribeRequestSchema, () => ({}))
}

function prompts(server: Server): void {
  const named = (name: string, ...args: readonly string[]) => ({
    ...{ name, description: 'One of the suite' },
    arguments: args.map((argument) => ({ name: argument, description: 'A text', required: true })),
  })
  server.setRequestHandler(ListPromptsRequestSchema, () => ({
    prompts: [
      named('test_simple_prompt'),
      named('test_prompt_with_arguments', 'arg1', 'arg2'),
      named('test_prompt_with_embedded_resource', 'resourceUri'),
      named('test_prompt_with_image'),
    ],
  }))
  server.setRequestHandler(GetPromptRequestSchema, ({ params: { name, arguments: given = {} } }) => {
    const says = (text: string) => ({ role: 'user' as const, content: { type: 'text' as const, text } })
    const embedded = textResource(given.resourceUri ?? '', 'Embedded resource content for testing.')
    const { arg1, arg2 } = given
    const messages = {
      test_simple_prompt: [says('This is a simple prompt for testing.')],
      test_prompt_with_arguments: [says(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)],
      test_prompt_with_embedded_resource: [
        { role: 'user' as const, content: { type: 'resource' as const, resource: embedded } },
        says('Please process the embedded resource above.'),
      ],
      test_prompt_with_image: [
        { role: 'user' as const, content: { type: 'image' as const, data: png, mimeType: 'image/png' } },
        says('Please analyze the image above.'),
      ],
    }
    return { messages: Object.entries(messages).find(([each]) => each === name)?.[1] ?? [] }
  })
}
