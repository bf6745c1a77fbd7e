import { library } from '../../tsup.preset.ts'

export default library({
  index: 'src/index.ts',
  'ssh-config': 'src/ssh-config.ts',
  'testing/index': 'src/testing/index.ts',
})
