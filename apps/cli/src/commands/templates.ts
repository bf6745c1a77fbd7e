import type { AddCommand } from '../command.ts'
import { addTemplatesAdd } from './templates-add.ts'
import { addTemplatesLint } from './templates-lint.ts'
import { addTemplatesList } from './templates-list.ts'
import { addTemplatesRender } from './templates-render.ts'
import { addTemplatesShow } from './templates-show.ts'

/** `templates`: which commands may run, and what a reviewer would say of them. */
export const addTemplates: AddCommand = (program, context) => {
  const templates = program.command('templates').description('list, show, check, try and add command templates')
  addTemplatesList(templates, context)
  addTemplatesShow(templates, context)
  addTemplatesLint(templates, context)
  addTemplatesRender(templates, context)
  addTemplatesAdd(templates, context)
}
