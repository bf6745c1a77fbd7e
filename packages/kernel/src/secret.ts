/** A value that prints as `<redacted>` wherever it is printed by accident. */
export class Secret<T = string> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  /** The one way to the value; searching for `.reveal(` finds every use. */
  reveal(): T {
    return this.#value
  }

  toString(): string {
    return '<redacted>'
  }

  toJSON(): string {
    return '<redacted>'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '<redacted>'
  }
}
