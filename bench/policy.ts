import { type Principal, parseUserId } from '@sshmcp/kernel'
import { catalogFor, decide, parseHosts, parsePolicy, parseTemplates, type Rules } from '@sshmcp/policy'
import { compare, printMedians, printRatio } from './measure.ts'

const call = { host_id: 'web-150', template_id: 'template_150', params: { lines: 200, path: '/var/log/syslog' } }

/** As many hosts and templates as a big team has; the call is for one in the middle. */
function bigRules(): Rules {
  const numbers = Array.from({ length: 300 }, (_, index) => index)
  const hosts = numbers.map((index) => ({
    host_id: `web-${index}`,
    hostname: `10.0.0.${index % 250}`,
    ssh_user: 'deploy',
  }))
  const templates = numbers.map((index) => ({
    template_id: `template_${index}`,
    argv: ['tail', '-n', '{lines}', '{path}'],
    allowed_params: { lines: '^[0-9]{1,5}$', path: '^/var/log/[a-zA-Z0-9_./-]+$' },
    allowed_roles: ['operator', 'admin'],
  }))
  return {
    hosts: parseHosts(JSON.stringify(hosts), 'hosts.json', { osUser: 'me' }),
    templates: parseTemplates(JSON.stringify(templates), 'templates.json'),
    policy: parsePolicy(undefined),
    readOnly: false,
  }
}

/** One decision about one exact line, with 300 hosts and 300 templates, beside a JSON round trip of the same call. */
async function deciding(): Promise<void> {
  const rules = bigRules()
  const principal: Principal = { userId: parseUserId('alice'), displayName: 'Alice', roles: new Set(['operator']) }
  const text = JSON.stringify(call)
  const medians = await compare({
    rounds: 5000,
    subjects: {
      'decide and render': async () => {
        const catalog = catalogFor(principal, rules)
        const host = catalog.host(call.host_id)
        const command = catalog.render(host, call.template_id, call.params)
        const { effect } = decide(principal, { verb: 'host.exec', host, command }, rules)
        if (effect !== 'allow') throw new Error(`the call was not allowed but ${effect}`)
      },
      'JSON round trip of the call': async () => {
        if (JSON.stringify(JSON.parse(text)) !== text) throw new Error('the call did not come back')
      },
    },
  })
  printMedians(medians)
  printRatio('decide and render, microseconds', medians['decide and render'] * 1000, 50)
}

/** A pattern on which backtracking is exponential: ours on 100,000 characters, V8 on the few it survives. */
async function matching(): Promise<void> {
  const pattern = '^(a+)+$'
  const [template] = parseTemplates(
    JSON.stringify([{ template_id: 'x', command: 'echo {v}', allowed_params: { v: pattern } }]),
    'templates.json',
  )
  const ours = template?.params[0]?.pattern
  if (!ours) throw new Error('the template has no parameter')
  const theirs = new RegExp(pattern)
  const long = `${'a'.repeat(100_000)}!`
  const short = `${'a'.repeat(25)}!`
  const refuse = (matched: boolean) => {
    if (matched) throw new Error('the value should not match')
  }
  const medians = await compare({
    rounds: 9,
    subjects: {
      'ours, 100,000 characters': async () => refuse(ours.covers(long)),
      'V8, 25 characters': async () => refuse(theirs.test(short)),
    },
  })
  printMedians(medians)
  const ratio = medians['ours, 100,000 characters'] / medians['V8, 25 characters']
  printRatio('exponential pattern, ours on 4,000 times the text to V8', ratio, 1)
}

/** Times what policy costs a call. */
export async function run(): Promise<void> {
  await deciding()
  await matching()
}
