import { readdirSync, readFileSync } from 'node:fs'
import { parseTemplates, type Template } from '../src/index.ts'

const folder = new URL('../../../config/', import.meta.url)

/** A text of `config/`, by its name. */
export function configText(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8')
}

/** The shipped packs, by topic. */
export const packNames: readonly string[] = readdirSync(new URL('templates/', folder))
  .map((name) => `templates/${name}`)
  .sort()

/** Every shipped text of templates. */
export const shippedNames: readonly string[] = ['templates.json', ...packNames]

/** What the note `_userland` of a template says it runs on: any, gnu or busybox. */
export function userlandOf(name: string): ReadonlyMap<string, string> {
  const entries: readonly { readonly template_id: string; readonly _userland?: string }[] = JSON.parse(configText(name))
  return new Map(entries.map((entry) => [entry.template_id, entry._userland ?? 'gnu']))
}

export function shippedTemplates(name: string): readonly Template[] {
  return parseTemplates(configText(name), name)
}

/** The values that a template's own examples give. */
export function exampleValues(template: Template): Readonly<Record<string, string>> {
  return Object.fromEntries(template.params.map(({ name, example }) => [name, example]))
}
