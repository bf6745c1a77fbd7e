import { isSshMcpError } from '@sshmcp/kernel'
import { storeErrors } from './errors.ts'

/** The result of what is done with the files in a place. @throws STORE_UNAVAILABLE in place of the system's errors */
export function inPlace<T>(place: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw asUnavailable(place, error)
  }
}

/** As `inPlace`, for what takes its time. */
export async function inPlaceAsync<T>(place: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw asUnavailable(place, error)
  }
}

/** Only what a system call said; a mistake of ours must not look like a bad disk. */
function asUnavailable(place: string, error: unknown): unknown {
  if (isSshMcpError(error) || !(error instanceof Error && 'syscall' in error)) return error
  const where = error.message.includes(place) ? '' : `${place}: `
  return storeErrors.error('STORE_UNAVAILABLE', { message: `${where}${error.message}.`, cause: error })
}
