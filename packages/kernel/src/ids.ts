import { kernelErrors } from './errors.ts'

declare const kind: unique symbol
type Id<Kind extends string> = string & { readonly [kind]: Kind }

export type HostId = Id<'HostId'>
export type TemplateId = Id<'TemplateId'>
export type UserId = Id<'UserId'>

/** Letters, digits, dot, underscore and dash; no leading dash; not `.` or `..`. */
export const hostIdPattern = /^(?!-)(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}$/
export const templateIdPattern = /^(?!-)(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}$/
export const userIdPattern = /^(?:local:)?[a-z0-9_][a-z0-9._@-]{0,63}$/

function parser<T extends string>(what: string, field: string, pattern: RegExp): (text: string) => T {
  return (text) => {
    if (!pattern.test(text)) {
      const shown = JSON.stringify(text.slice(0, 80))
      throw kernelErrors.error('INPUT_INVALID', { message: `${shown} is not a ${what} (${pattern.source}).`, field })
    }
    return text as T
  }
}

/** @throws INPUT_INVALID */
export const parseHostId: (text: string) => HostId = parser<HostId>('host_id', 'host_id', hostIdPattern)
/** @throws INPUT_INVALID */
export const parseTemplateId: (text: string) => TemplateId = parser<TemplateId>(
  'template_id',
  'template_id',
  templateIdPattern,
)
/** @throws INPUT_INVALID */
export const parseUserId: (text: string) => UserId = parser<UserId>('user_id', 'user_id', userIdPattern)
