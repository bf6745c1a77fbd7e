import { library } from '../../tsup.preset.ts'

export default library({ index: 'src/index.ts', core: 'src/core.ts', 'testing/index': 'src/testing/index.ts' })
