import { internal } from '../../tsup.preset.ts'

export default internal({ index: 'src/index.ts', 'jwt/index': 'src/jwt/index.ts' })
