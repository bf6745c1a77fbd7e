import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Who may import whom: the package table of docs/architecture.md. A package without a row fails the run. */
const allow = {
  kernel: [],
  redact: [],
  policy: ['kernel'],
  approvals: ['kernel'],
  audit: ['kernel'],
  ca: ['kernel'],
  identity: ['kernel'],
  transport: ['kernel'],
  sessions: ['kernel', 'transport'],
  'transport-ssh2': ['kernel', 'transport', 'ca'],
  'store-file': ['kernel', 'audit', 'approvals', 'ca', 'transport'],
  pipeline: ['kernel', 'policy'],
  tools: ['kernel', 'pipeline', 'policy', 'approvals', 'audit', 'ca', 'identity', 'transport', 'sessions'],
  mcp: ['kernel', 'pipeline'],
  runtime: [
    'kernel',
    'redact',
    'policy',
    'approvals',
    'audit',
    'ca',
    'identity',
    'transport',
    'sessions',
    'transport-ssh2',
    'store-file',
    'pipeline',
    'tools',
  ],
}
/** Apps assemble; what they need of the rest they get from runtime. */
const allowApps = ['kernel', 'runtime', 'mcp']

const root = fileURLToPath(new URL('.', import.meta.url))
const packages = readdirSync(`${root}packages`).filter((name) => existsSync(`${root}packages/${name}/package.json`))
const homeless = packages.filter((name) => !(name in allow))
if (homeless.length > 0)
  throw new Error(`no row in the package table of .dependency-cruiser.mjs: ${homeless.join(', ')}`)

/** The files that a package offers: what its `exports` name under the `source` condition. */
const entries = packages.flatMap((name) => {
  const manifest = JSON.parse(readFileSync(`${root}packages/${name}/package.json`, 'utf8'))
  return Object.values(manifest.exports).map(
    ({ source }) => `^packages/${name}/${source.slice(2).replaceAll('.', '\\.')}$`,
  )
})

/** Built files lie in the tree and are nobody's source. */
const isBuilt = '/dist/'
const isTest = ['\\.test\\.ts$', '^(packages|apps)/[^/]+/test/', '^test/', '^bench/']
const isTestOrFake = [...isTest, '/src/testing/']
const npm = (name) => `node_modules/${name}/`
const within = (...names) => names.map((name) => `^packages/${name}/`)
const sourceOf = (names) => `^packages/(${names.join('|')})/src/`

const arrows = Object.entries(allow).map(([from, to]) => ({
  name: `arrow-${from}`,
  comment: `${from} may import ${to.join(', ') || 'nothing in the family'}`,
  severity: 'error',
  from: { path: `^packages/${from}/src/`, pathNot: isTest },
  to: { path: '^packages/', pathNot: within(from, ...to) },
}))

const appArrows = {
  name: 'arrow-apps',
  comment: `apps import ${allowApps.join(', ')}; the demo of the cli also the embedded host, since ssh2 has one home`,
  severity: 'error',
  from: { path: '^apps/[^/]+/src/', pathNot: isTest },
  to: { path: '^packages/', pathNot: [...within(...allowApps), '^packages/transport-ssh2/src/embedded-host'] },
}

const leaves = {
  name: 'apps-are-leaves',
  comment: 'nothing imports an app, another app least of all',
  severity: 'error',
  from: { path: '^(packages/[^/]+|apps/[^/]+)/', pathNot: isBuilt },
  to: { path: '^apps/', pathNot: '^$1/' },
}

/** Domain packages reach the tools as ports: the services come in when a tool runs, already bound to the caller. */
const typesOnly = [
  ['tools', ['approvals', 'audit', 'ca', 'identity', 'transport', 'sessions']],
  ['transport-ssh2', ['ca']],
].map(([from, to]) => ({
  name: `types-only-${from}`,
  comment: `${from} takes types from ${to.join(', ')}, never their code`,
  severity: 'error',
  from: { path: `^packages/${from}/src/`, pathNot: isTestOrFake },
  to: { path: sourceOf(to), dependencyTypesNot: ['type-only'] },
}))

const purity = {
  name: 'pure',
  comment: 'what decides has no node: import, so that it can be read, tested and run anywhere',
  severity: 'error',
  from: { path: sourceOf(['kernel', 'redact', 'policy', 'pipeline']), pathNot: isTestOrFake },
  to: { dependencyTypes: ['core'] },
}

/** One outside thing, one home. */
const homes = [
  { thing: 'ssh2', path: npm('ssh2'), home: ['^packages/transport-ssh2/'] },
  {
    thing: 'disk',
    path: '^(node:)?fs(/promises)?$',
    home: ['^packages/store-file/', '^packages/runtime/src/loader', '^apps/'],
  },
  // The demo is a client too, by @sshmcp/mcp/client.
  { thing: 'mcp-sdk', path: npm('@modelcontextprotocol/sdk'), home: within('mcp') },
  // redact only asks whether a person's own rule can run in linear time.
  { thing: 're2js', path: npm('re2js'), home: within('policy', 'redact') },
  { thing: 'zod', path: npm('zod'), home: within('policy', 'pipeline', 'tools', 'runtime') },
  { thing: 'jose', path: npm('jose'), home: ['^packages/identity/src/jwt'] },
].map(({ thing, path, home }) => ({
  name: `home-of-${thing}`,
  comment: `${thing} is imported by ${home.join(', ')} alone`,
  severity: 'error',
  from: { path: '^(packages|apps)/[^/]+/src/', pathNot: [...isTestOrFake, ...home] },
  to: { path },
}))

const general = [
  {
    name: 'testing-from-tests',
    comment: 'fakes and contract suites are for tests, and for the fakes of others',
    severity: 'error',
    from: { path: '^(packages|apps)/', pathNot: [isBuilt, ...isTestOrFake] },
    to: { path: '/src/testing/' },
  },
  {
    name: 'tests-are-leaves',
    comment: 'what ships imports no test',
    severity: 'error',
    from: { path: '^(packages|apps|scripts)/', pathNot: [isBuilt, ...isTestOrFake] },
    to: { path: isTest },
  },
  {
    name: 'no-deep-import',
    comment: 'a sibling is reached through its exports, never through a file of its own',
    severity: 'error',
    from: { path: '^(packages/[^/]+|apps/[^/]+|test|bench|scripts)/', pathNot: isBuilt },
    to: { path: '^packages/', pathNot: ['^$1/', '/dist/', ...entries] },
  },
  {
    name: 'sibling-by-name',
    comment: 'a sibling is imported as @sshmcp/<name>, never by a relative path',
    severity: 'error',
    from: { path: '^(packages/[^/]+|apps/[^/]+|test|bench|scripts)/', pathNot: isBuilt },
    to: { path: '^packages/', pathNot: ['^$1/'], dependencyTypes: ['local'] },
  },
  {
    name: 'no-build-output',
    comment: 'an import that resolves to dist/ escapes every rule here: the `source` condition is missing somewhere',
    severity: 'error',
    from: { pathNot: isBuilt },
    to: { path: '^(packages|apps)/[^/]+/dist/' },
  },
  {
    name: 'no-cycle',
    comment: 'no module reaches itself',
    severity: 'error',
    from: { pathNot: isBuilt },
    to: { circular: true },
  },
  {
    name: 'resolvable',
    comment:
      'an import that cannot be resolved escapes every rule here; a launcher finds its program where it is copied to',
    severity: 'error',
    from: { pathNot: [isBuilt, '^scripts/bundle/launcher\\.mjs$'] },
    to: { couldNotResolve: true },
  },
  {
    name: 'declared',
    comment: 'what is imported stands in the package.json of the package that imports it',
    severity: 'error',
    from: { path: '^(packages|apps)/[^/]+/src/', pathNot: isTest },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'declared-for-users',
    comment: 'what a package imports is installed with it; a program has its imports inside',
    severity: 'error',
    from: { path: '^packages/[^/]+/src/', pathNot: isTestOrFake },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...arrows, appArrows, leaves, ...typesOnly, purity, ...homes, ...general],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // Without these two the cruiser follows no workspace package and still reports "no violations".
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'default'] },
  },
}
