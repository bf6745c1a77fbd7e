/** What a file `bench/<name>.ts` exports. It prints its ratios by `printRatio`. */
export type Bench = { readonly run: () => Promise<void> }

/** Tells whether an imported module is a bench. */
export const isBench = (module: unknown): module is Bench =>
  typeof module === 'object' && module !== null && 'run' in module && typeof module.run === 'function'
