/** A property of ssh2 that its types do not tell of; undefined where there is none. */
export function inside(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
