import type { jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js'

/**
 * Stands in for the SDK's schema validator, which would bring a third of a megabyte to parse at every start for one use:
 * looking at the answer to a form. Our forms have at most one text, and `askPerson` takes nothing else for one.
 */
export const formAnswers: jsonSchemaValidator = {
  getValidator:
    <T>() =>
    (input) =>
      isAnswer<T>(input)
        ? { valid: true, data: input, errorMessage: undefined }
        : { valid: false, data: undefined, errorMessage: 'The answer is not an object.' },
}

/** The port asks for the caller's own type, of which only this much can be known here. */
function isAnswer<T>(input: unknown): input is T {
  return typeof input === 'object' && input !== null
}
