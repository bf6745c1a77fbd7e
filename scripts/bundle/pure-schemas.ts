import { readFileSync } from 'node:fs'
import type { Options } from 'tsup'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/** One schema of the SDK's list: a constant whose value begins with `z` or another schema, up to the next statement. */
const schema = /^((?:export )?const \w+ = )((?:z|\w+Schema)\b[\s\S]*?;)(?=\n+(?:[^\s})]|(?![\s\S])))/gm

/**
 * Marks the schemas that the text of a module makes as free of effects, so that those which nobody uses are left out.
 * Each schema becomes a call that can be dropped whole: marking its outermost call alone would keep the inner ones.
 */
export const markedPure = (text: string): string =>
  text.replace(schema, (_, name: string, value: string) => `${name}/* @__PURE__ */ (() => ${value.slice(0, -1)})();`)

/** The SDK's `types.js` makes every schema of the protocol as it is loaded; a program uses half of them. */
export const pureSchemas: Plugin = {
  name: 'pure-schemas',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]sdk[\\/]dist[\\/]esm[\\/]types\.js$/ }, ({ path }) => ({
      contents: markedPure(readFileSync(path, 'utf8')),
    }))
  },
}
