import type { KeyRules } from '../key-rules.ts'

/** For pipelines whose tools handle no keys. */
export const noKeys: KeyRules = {
  readKey: () => none(),
  ttlSeconds: () => none(),
  principals: () => none(),
  registeredKey: () => undefined,
}

function none(): never {
  throw new Error('no tool here handles keys')
}
