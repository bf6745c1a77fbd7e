/** A file that breaks exactly what its rule forbids. */
export type Plant = { readonly rule: string; readonly file: string; readonly code: string }

const plant = (rule: string, folder: string, code: string, name = `planted-${rule}.ts`): Plant => ({
  rule,
  file: `${folder}/${name}`,
  code,
})

/** One import per package that its row of the table does not have. */
const forbiddenArrow = {
  kernel: 'redact',
  redact: 'kernel',
  policy: 'redact',
  approvals: 'audit',
  audit: 'policy',
  ca: 'transport',
  identity: 'policy',
  transport: 'sessions',
  sessions: 'policy',
  'transport-ssh2': 'store-file',
  'store-file': 'pipeline',
  pipeline: 'tools',
  tools: 'transport-ssh2',
  mcp: 'tools',
  runtime: 'mcp',
}

const arrows = Object.entries(forbiddenArrow).map(([from, to]) =>
  plant(`arrow-${from}`, `packages/${from}/src`, `import '@sshmcp/${to}'\n`),
)

const homes = [
  plant('home-of-ssh2', 'packages/sessions/src', "import 'ssh2'\n"),
  plant('home-of-disk', 'packages/audit/src', "import 'node:fs/promises'\n"),
  plant('home-of-disk', 'packages/runtime/src', "import 'node:fs'\n", 'planted-beside-the-loader.ts'),
  plant('home-of-mcp-sdk', 'packages/runtime/src', "import '@modelcontextprotocol/sdk/types.js'\n"),
  plant('home-of-re2js', 'packages/tools/src', "import 're2js'\n"),
  plant('home-of-zod', 'packages/audit/src', "import 'zod'\n"),
  plant('home-of-jose', 'packages/runtime/src', "import 'jose'\n"),
]

const purity = ['kernel', 'redact', 'policy', 'pipeline'].map((name) =>
  plant('pure', `packages/${name}/src`, "import 'node:crypto'\n", 'planted-impure.ts'),
)

const general = [
  plant('arrow-apps', 'apps/stdio-server/src', "import '@sshmcp/policy'\n"),
  plant('arrow-apps', 'apps/cli/src', "import '@sshmcp/transport-ssh2'\n"),
  plant('apps-are-leaves', 'packages/runtime/src', "import '../../../apps/cli/src/main.ts'\n"),
  plant('apps-are-leaves', 'apps/stdio-server/src', "import '../../cli/src/main.ts'\n"),
  plant('types-only-tools', 'packages/tools/src', "import { thing } from '@sshmcp/audit'\nexport const used = thing\n"),
  plant('types-only-transport-ssh2', 'packages/transport-ssh2/src', "import '@sshmcp/ca'\n"),
  plant('testing-from-tests', 'packages/sessions/src', "import '@sshmcp/transport/testing'\n"),
  plant('tests-are-leaves', 'packages/audit/src', "import './planted.test.ts'\n"),
  plant('no-deep-import', 'packages/pipeline/src', "import '../../policy/src/inside.ts'\n"),
  plant('no-deep-import', 'test', "import '../packages/policy/src/inside.ts'\n"),
  plant('sibling-by-name', 'packages/pipeline/src', "import '../../policy/src/index.ts'\n"),
  plant('no-build-output', 'packages/pipeline/src', "import '../../policy/dist/index.js'\n"),
  plant('no-cycle', 'packages/audit/src', "import './planted-no-cycle-back.ts'\n"),
  plant('resolvable', 'packages/audit/src', "import './not-there.ts'\n"),
  plant('declared', 'packages/kernel/src', "import 'undeclared'\n"),
  plant('declared-for-users', 'packages/ca/src', "import 'only-for-tests'\n"),
]

/** At least one violation of every rule of `.dependency-cruiser.mjs`. */
export const plants: readonly Plant[] = [...arrows, ...homes, ...purity, ...general]

/** What stands around the plants and breaks nothing, by its path. */
export const soil: Readonly<Record<string, string>> = {
  'packages/audit/src/planted.test.ts': 'export {}\n',
  'packages/audit/src/planted-no-cycle-back.ts': "import './planted-no-cycle.ts'\n",
  'packages/policy/src/inside.ts': 'export {}\n',
  'packages/policy/dist/index.js': 'export {}\n',
  'packages/sessions/src/allowed.ts':
    "import '@sshmcp/transport'\nimport type { A } from '@sshmcp/kernel'\nexport type B = A\n",
  'packages/sessions/src/allowed.test.ts': "import '@sshmcp/transport/testing'\nimport 'node:fs'\n",
  'packages/tools/src/allowed.ts': "import type { Thing } from '@sshmcp/audit'\nexport type Used = Thing\n",
  'packages/runtime/src/loader.ts': "import 'node:fs'\n",
  'apps/cli/src/main.ts': "import '@sshmcp/runtime'\nimport 'node:fs'\n",
  'apps/cli/src/demo.ts': "import '@sshmcp/transport-ssh2/embedded-host'\n",
}
