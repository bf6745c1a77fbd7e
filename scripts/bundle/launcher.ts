import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Options } from 'tsup'

const source = fileURLToPath(new URL('./launcher.mjs', import.meta.url))

/** Puts the launcher beside a bundle, as the file that is started: it refuses a Node that cannot read the bundle. */
export const launcher: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'launcher',
  setup: (build) => {
    build.onEnd(() => {
      const folder = resolve(build.initialOptions.outdir ?? 'dist')
      mkdirSync(folder, { recursive: true })
      copyFileSync(source, join(folder, 'index.js'))
      // What it kept of the program that was here before.
      rmSync(join(folder, '..', '.compile-cache'), { recursive: true, force: true })
    })
  },
}
