import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { repository } from '../repository.ts'

/** A button of a page that adds the server to an editor. */
export interface InstallLink {
  readonly editor: string
  readonly url: URL
  /** Path of its picture in the repository. */
  readonly picture: string
  /** What the editor is to start. */
  readonly start: z.infer<typeof startShape>
}

const startShape = z.strictObject({
  type: z.literal('stdio').optional(),
  command: z.string(),
  args: z.array(z.string()),
})

/** How each editor reads the `config` of a link. */
const decoders: Readonly<Record<string, (config: string) => string>> = {
  'VS Code': (config) => config,
  Cursor: (config) => Buffer.from(config, 'base64').toString('utf8'),
}

/** The buttons of a Markdown page: `[![Install in EDITOR](picture)](link)`. */
export function installLinks(page: string): readonly InstallLink[] {
  const text = readFileSync(join(repository, page), 'utf8')
  const buttons = text.matchAll(/\[!\[Install in ([^\]]+)\]\(([^)\s]+)\)\]\(([^)\s]+)\)/g)
  return [...buttons].map(([, editor = '', picture = '', link = '']) => {
    const url = new URL(link)
    const config = decoders[editor]?.(url.searchParams.get('config') ?? '') ?? ''
    return { editor, url, picture: join(dirname(page), picture), start: startShape.parse(JSON.parse(config)) }
  })
}
