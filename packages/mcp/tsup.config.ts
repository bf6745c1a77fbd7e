import { internal } from '../../tsup.preset.ts'

export default internal({
  index: 'src/index.ts',
  client: 'src/client.ts',
  'forward-stdio': 'src/forward-stdio.ts',
  'http/index': 'src/http/index.ts',
})
