import { kernelErrors } from '@sshmcp/kernel'
import { readSshConfigFiles, readText } from '@sshmcp/store-file'
import type { SshConfigOptions } from '@sshmcp/transport/ssh-config'

/** A client configuration as a file of its own, and whatever it may include. @throws CONFIG_INVALID, from `include` too */
export function readSshConfig(path: string, homeDir: string): Pick<SshConfigOptions, 'file' | 'include'> {
  return {
    file: { path, text: orInvalid(path, () => readText(path)) },
    include: (pattern) => orInvalid(pattern, () => readSshConfigFiles(pattern, homeDir)),
  }
}

function orInvalid<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw kernelErrors.error('CONFIG_INVALID', {
      message: `${file} cannot be read.`,
      next: 'Name another file with --from, or add hosts one by one with `sshmcp hosts add USER@HOST`.',
      cause,
    })
  }
}
