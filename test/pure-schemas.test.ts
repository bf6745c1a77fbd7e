import { readFileSync } from 'node:fs'
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
  const folder = new URL('../packages/mcp/node_modules/@modelcontextprotocol/sdk/dist/esm/', import.meta.url)
  const text = readFileSync(new URL('types.js', folder), 'utf8')
  const schemas = text.match(/^(export )?const \w+Schema = /gm) ?? []
  expect(schemas.length).toBeGreaterThan(100)
  expect(markedPure(text).split('/* @__PURE__ */').length - 1).toBe(schemas.length)
})
