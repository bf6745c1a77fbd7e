import type { Redactor } from './redactor.ts'

/** A web `TransformStream` of texts around a redactor, for pipes. */
export function redactionTransform(redactor: Redactor): TransformStream<string, string> {
  const stream = redactor.stream()
  return new TransformStream({
    transform(chunk, controller) {
      const out = stream.write(chunk)
      if (out !== '') controller.enqueue(out)
    },
    flush(controller) {
      const out = stream.end()
      if (out !== '') controller.enqueue(out)
    },
  })
}
