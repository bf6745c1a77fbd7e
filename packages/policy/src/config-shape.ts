import { kernelErrors, nearest, roles } from '@sshmcp/kernel'
import * as z from 'zod'
import { parseJson } from './json-text.ts'

/** A configuration text and the name people know it by: a file, or an environment variable. */
export interface ConfigText {
  readonly text: string
  readonly source: string
}

/** An object whose unknown keys are refused, except `$schema` and keys that begin with `_`, which are notes. */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = new Set(Object.keys(shape))
  return z.preprocess((value) => withoutNotes(value, known), z.strictObject(shape))
}

function withoutNotes(value: unknown, known: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const isNote = (key: string) => key === '$schema' || (key.startsWith('_') && !known.has(key))
  return Object.fromEntries(Object.entries(value).filter(([key]) => !isNote(key)))
}

/** A list of role names as a set. */
export const roleSet = () => z.array(z.enum(roles)).transform((names) => new Set(names))

/** A record with keys of the author's own choosing. */
export const named = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value)

/**
 * Reads a configuration text into a shape.
 *
 * @throws CONFIG_INVALID naming source, path and cure
 */
export function readConfig<Schema extends z.ZodType>(file: ConfigText, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(parseJson(file.text, file.source), { reportInput: true })
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  // A misspelt key also leaves its right name missing: the misspelling is what has to be told.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  if (!issue) throw configError(file.source, [], 'is not valid')
  if (issue.code === 'unrecognized_keys') return refuseKey(file.source, issue, keysAt(schema, issue.path))
  throw configError(file.source, issue.path, plain(issue), nearValue(issue))
}

/** The one form of a complaint about configuration: source, path, what is wrong, what to do. */
export function configError(source: string, path: readonly PropertyKey[], what: string, cure?: string) {
  const where = path.length === 0 ? source : `${source}: ${jsonPath(path)}`
  return kernelErrors.error('CONFIG_INVALID', {
    message: `${where} ${what}.`,
    next: cure ?? `Correct ${path.length === 0 ? source : `${jsonPath(path)} in ${source}`} and start again.`,
    ...(path.length === 0 ? {} : { field: jsonPath(path) }),
  })
}

function refuseKey(source: string, issue: z.core.$ZodIssueUnrecognizedKeys, known: readonly string[]): never {
  const key = issue.keys[0] ?? ''
  const candidates = nearest(key, known)
  const cure = candidates[0]
    ? `Did you mean ${JSON.stringify(candidates[0])}?`
    : `Remove it, or begin it with "_" if it is a note; known here: ${known.join(', ')}.`
  throw configError(source, [...issue.path, key], 'is not a key that is known here', cure)
}

function jsonPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    const name = String(step)
    if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `${text}[${JSON.stringify(name)}]`
    return text === '' ? name : `${text}.${name}`
  }, '')
}

function plain(issue: z.core.$ZodIssue): string {
  const isMissing = issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')
  if (isMissing) return 'is missing'
  if (issue.code === 'invalid_value')
    return `has to be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`
  if (issue.code === 'invalid_type') return `has to be ${typeWords[issue.expected] ?? issue.expected}`
  if (issue.code === 'too_small') return issue.origin === 'string' ? 'is empty' : `has to be at least ${issue.minimum}`
  if (issue.code === 'too_big') return `has to be at most ${issue.maximum}`
  return issue.message
}

function nearValue(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code !== 'invalid_value' || typeof issue.input !== 'string') return undefined
  const [near] = nearest(issue.input, issue.values.map(String))
  return near === undefined ? undefined : `Did you mean ${JSON.stringify(near)}?`
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
  record: 'an object in { }',
}

/** The names that would have been right at a path, found by walking the schema along it. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let here: z.core.$ZodType | undefined = schema
  for (const step of path) here = here && below(here, step)
  const shape = here && shapeOf(here)
  return shape ? Object.keys(shape) : []
}

function below(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType | undefined {
  const inner = unwrap(schema)
  if (inner instanceof z.ZodArray) return inner.element
  if (inner instanceof z.ZodRecord) return inner.valueType
  if (inner instanceof z.ZodObject) return inner.shape[String(step)]
  return undefined
}

function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, unknown>> | undefined {
  const inner = unwrap(schema)
  return inner instanceof z.ZodObject ? inner.shape : undefined
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) return unwrap(schema.in instanceof z.ZodTransform ? schema.out : schema.in)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrap(schema.def.innerType)
  }
  return schema
}
