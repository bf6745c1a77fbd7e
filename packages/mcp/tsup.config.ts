import { internal } from '../../tsup.preset.ts'

export default internal({ index: 'src/index.ts', client: 'src/client.ts', 'http/index': 'src/http/index.ts' })
