import { kernelErrors } from './errors.ts'

declare const kind: unique symbol
type Id<Kind extends string> = string & { readonly [kind]: Kind }

/** The name of a host in `hosts.json`; made by {@link parseHostId} only. */
export type HostId = Id<'HostId'>
/** The name of a template in `templates.json`; made by {@link parseTemplateId} only. */
export type TemplateId = Id<'TemplateId'>
/** The name of somebody who may call; made by {@link parseUserId} only. */
export type UserId = Id<'UserId'>

/** 1 to 128 letters, digits, dots, underscores and dashes; no leading dash; not `.` or `..`. */
export const hostIdPattern = /^(?!-)(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}$/
/** As {@link hostIdPattern}. */
export const templateIdPattern = /^(?!-)(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}$/
/** 1 to 64 small letters, digits and `. _ @ -`, beginning with a letter, digit or underscore; `local:` may stand before. */
export const userIdPattern = /^(?:local:)?[a-z0-9_][a-z0-9._@-]{0,63}$/

function parser<T extends string>(what: string, field: string, pattern: RegExp): (text: string) => T {
  return (text) => {
    // What comes out of JSON may be anything, whatever its type says; a pattern would look at the text that it prints as.
    if (typeof text !== 'string' || !pattern.test(text)) {
      const shown = typeof text === 'string' ? JSON.stringify(text.slice(0, 80)) : 'A value that is no text'
      throw kernelErrors.error('INPUT_INVALID', { message: `${shown} is not a ${what} (${pattern.source}).`, field })
    }
    return text as T
  }
}

/** Takes a text as the id of a host, unchanged. @throws INPUT_INVALID unless it is a text that `hostIdPattern` matches */
export const parseHostId: (text: string) => HostId = parser<HostId>('host_id', 'host_id', hostIdPattern)
/** Takes a text as the id of a template, unchanged. @throws INPUT_INVALID unless it is a text that `templateIdPattern` matches */
export const parseTemplateId: (text: string) => TemplateId = parser<TemplateId>(
  'template_id',
  'template_id',
  templateIdPattern,
)
/** Takes a text as the id of a user, unchanged. @throws INPUT_INVALID unless it is a text that `userIdPattern` matches */
export const parseUserId: (text: string) => UserId = parser<UserId>('user_id', 'user_id', userIdPattern)
