import { internal } from '../../tsup.preset.ts'

export default internal()
