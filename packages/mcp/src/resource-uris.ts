/** A tool call that a resource stands for. */
export interface Reading {
  readonly tool: string
  readonly args: Readonly<Record<string, string>>
}

const json = 'application/json'

/** What can be read without knowing a name. */
export const resourceList = [
  {
    uri: 'sshmcp://hosts',
    name: 'hosts',
    title: 'Hosts',
    description: 'The SSH hosts that you may use',
    mimeType: json,
  },
  {
    ...{ uri: 'sshmcp://templates', name: 'templates', title: 'Command templates', mimeType: json },
    description: 'The approved command templates that you may run, with their parameters',
  },
]

/** What is read by a name; each name can be completed. */
export const resourceTemplateList = [
  {
    ...{ uriTemplate: 'sshmcp://hosts/{host_id}/templates', name: 'templates_of_host', mimeType: json },
    ...{ title: 'Command templates for one host', description: 'The command templates that you may run on one host' },
  },
  {
    ...{ uriTemplate: 'sshmcp://hosts/{host_id}/facts', name: 'host_facts', mimeType: json },
    ...{ title: 'Facts about a host', description: 'Operating system, memory and disks of one host, asked there' },
  },
  {
    ...{ uriTemplate: 'sshmcp://jobs/{job_id}/output', name: 'job_output', mimeType: json },
    ...{
      title: 'Captured output',
      description: 'What a job or a truncated reply printed, from the start of what is kept',
    },
  },
]

const word = '([A-Za-z0-9._~%-]{1,128})'
const shapes: readonly (readonly [shape: RegExp, reading: (name: string) => Reading])[] = [
  [/^sshmcp:\/\/hosts$/, () => ({ tool: 'list_hosts', args: {} })],
  [/^sshmcp:\/\/templates$/, () => ({ tool: 'list_templates', args: {} })],
  [named('hosts', 'templates'), (host_id) => ({ tool: 'list_templates', args: { host_id } })],
  [named('hosts', 'facts'), (host_id) => ({ tool: 'get_host_facts', args: { host_id } })],
  [named('jobs', 'output'), (job_id) => ({ tool: 'poll_background_job', args: { job_id } })],
]

function named(kind: string, what: string): RegExp {
  return new RegExp(`^sshmcp://${kind}/${word}/${what}$`)
}

/** The call behind a URI; undefined for any other URI. Names are checked by the tool, as in any call. */
export function readingOf(uri: string): Reading | undefined {
  for (const [shape, reading] of shapes) {
    const match = shape.exec(uri)
    if (match !== null) return reading(match[1] ?? '')
  }
  return undefined
}

/** Where the values of an argument come from: a tool, the list in its reply, and the field of each item. */
export const completions: Readonly<Record<string, Reading & { readonly list: string }>> = {
  host_id: { tool: 'list_hosts', args: {}, list: 'hosts' },
  template_id: { tool: 'list_templates', args: {}, list: 'templates' },
  job_id: { tool: 'list_background_jobs', args: {}, list: 'jobs' },
}
