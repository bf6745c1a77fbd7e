// Generated from catalog/ by `pnpm gen`. Not edited by hand.

/** Every tool that a model can call, one per file of `catalog/`. */
export const catalog = [] as const
