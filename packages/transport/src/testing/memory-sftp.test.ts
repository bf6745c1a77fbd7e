import { describe, test } from 'vitest'
import { MemorySftp, MemoryTree, sftpChannelContract } from './index.ts'

const kinds = [
  ['a host that does everything', {}],
  ['a host that does the least', { reads: false, replaces: false }],
] as const

describe.each(kinds)('MemorySftp as %s', (_, options) => {
  test.each(sftpChannelContract)('$name', ({ run }) =>
    run(() => {
      const tree = new MemoryTree()
      tree.folder('/tmp/fixture')
      return {
        channel: new MemorySftp(tree, options),
        folder: '/tmp/fixture',
        link: (path, target) => tree.link(path, target),
        makeFolder: (path) => tree.folder(path),
        dispose: async () => {},
      }
    }),
  )
})
