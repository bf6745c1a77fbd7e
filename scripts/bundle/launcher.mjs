#!/usr/bin/env node
// Every program starts here. A Node that is too old could not even read program.js: it would print pages of it and a SyntaxError.
// So this file has nothing in it that Node 14 does not know.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major > 20 || (major === 20 && minor >= 19)) {
  import('./program.js')
} else {
  process.stderr.write(
    `Node ${process.versions.node} (${process.execPath}) is too old: sshmcp needs Node 20.19 or newer.\n` +
      'Install one, see https://nodejs.org. If an editor starts sshmcp, then run: sshmcp mcp-config EDITOR --write\n',
  )
  process.exitCode = 2
}
