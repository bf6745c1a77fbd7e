import { editorExtension } from '../../tsup.preset.ts'

export default editorExtension()
