import { toolFactory } from '@sshmcp/pipeline'
import type { ToolServices } from './services.ts'

/** How every tool in this package is written: one file, one default export. */
export const defineTool = toolFactory<ToolServices>()
