/** The same response, with a word when its body has ended, whichever side ended it. */
export function whenOver(response: Response, tell: () => void): Response {
  if (response.body === null) {
    tell()
    return response
  }
  const reader = response.body.getReader()
  let isOver = false
  const end = (): void => {
    if (!isOver) tell()
    isOver = true
  }
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        end()
        controller.close()
      } catch (error) {
        end()
        controller.error(error)
      }
    },
    cancel(reason) {
      end()
      return reader.cancel(reason)
    },
  })
  const { status, statusText, headers } = response
  return new Response(body, { status, statusText, headers })
}
