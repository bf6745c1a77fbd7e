import { approvalErrors } from './errors.ts'

/** Reads the fields of a JSON object, each with its type. Every method throws APPROVAL_DAMAGED when it is not so. */
export interface Fields {
  text(name: string): string
  texts(name: string): readonly string[]
  number(name: string): number
  /** An RFC 3339 time, as milliseconds since the epoch. */
  time(name: string): number
  flag(name: string): boolean
  oneOf<T extends string>(name: string, values: readonly T[]): T
  value(name: string): unknown
  has(name: string): boolean
  nothingBut(names: readonly string[]): void
}

/** @throws APPROVAL_DAMAGED when the value is not a JSON object */
export function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged('it is not a JSON object')
  const members = new Map<string, unknown>(Object.entries(value))
  const text = (name: string): string => {
    const found = members.get(name)
    if (typeof found !== 'string') throw damaged(`${name} is not a text`)
    return found
  }
  return {
    text,
    number(name) {
      const found = members.get(name)
      if (typeof found !== 'number') throw damaged(`${name} is not a number`)
      return found
    },
    time(name) {
      const found = Date.parse(text(name))
      if (Number.isNaN(found)) throw damaged(`${name} is not a time`)
      return found
    },
    flag(name) {
      const found = members.get(name)
      if (typeof found !== 'boolean') throw damaged(`${name} is not true or false`)
      return found
    },
    oneOf(name, values) {
      const found = text(name)
      const known = values.find((value) => value === found)
      if (known === undefined) throw damaged(`${name} is none of ${values.join(', ')}`)
      return known
    },
    texts(name) {
      const found = members.get(name)
      if (!Array.isArray(found)) throw damaged(`${name} is not a list`)
      return found.map((item: unknown) => {
        if (typeof item !== 'string') throw damaged(`${name} holds what is not a text`)
        return item
      })
    },
    has: (name) => members.has(name),
    value: (name) => members.get(name),
    nothingBut(names) {
      const stranger = [...members.keys()].find((name) => !names.includes(name))
      if (stranger !== undefined) throw damaged('it has a field that this version does not know')
    },
  }
}

function damaged(why: string) {
  return approvalErrors.error('APPROVAL_DAMAGED', { message: `A stored part of an approval is damaged: ${why}.` })
}
