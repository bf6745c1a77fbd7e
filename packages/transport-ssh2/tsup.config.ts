import { library } from '../../tsup.preset.ts'

export default library({ index: 'src/index.ts', 'embedded-host': 'src/embedded-host.ts' })
