import { internal } from '../../tsup.preset.ts'

export default internal({ index: 'src/index.ts', 'http/index': 'src/http/index.ts' })
