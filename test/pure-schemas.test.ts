import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { markedPure } from '../scripts/bundle/pure-schemas.ts'

test('each schema becomes a call that can be dropped whole, and nothing else is touched', () => {
  const text = `import * as z from 'zod/v4';
export const VERSION = '1';
const InnerSchema = z.string();
export const OuterSchema = InnerSchema.extend({
    /** a; b */
    name: z.literal('x')
});
export const isOuter = (value) => OuterSchema.safeParse(value).success;
`
  expect(markedPure(text)).toBe(`import * as z from 'zod/v4';
export const VERSION = '1';
const InnerSchema = /* @__PURE__ */ (() => z.string())();
export const OuterSchema = /* @__PURE__ */ (() => InnerSchema.extend({
    /** a; b */
    name: z.literal('x')
}))();
export const isOuter = (value) => OuterSchema.safeParse(value).success;
`)
})

test('of the SDK as it is installed, no schema is missed', () => {
  const require = createRequire(new URL('../packages/mcp/package.json', import.meta.url))
  const text = readFileSync(require.resolve('@modelcontextprotocol/sdk/types.js').replace('/cjs/', '/esm/'), 'utf8')
  const schemas = text.match(/^(export )?const \w+Schema = /gm) ?? []
  expect(schemas.length).toBeGreaterThan(100)
  expect(markedPure(text).split('/* @__PURE__ */').length - 1).toBe(schemas.length)
})
