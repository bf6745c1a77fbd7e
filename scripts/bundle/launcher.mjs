#!/usr/bin/env node
// Every program starts here. A Node that is too old could not even read program.js: it would print pages of it and a SyntaxError.
// So this file has nothing in it that Node 14 does not know.
const [major, minor] = process.versions.node.split('.').map(Number)

// What V8 makes of program.js is kept beside it from one start to the next (Node 22 and newer), which spares a sixth of a start. Only in
// a package of one's own: whoever may write there may change the program as well, and root leaves nothing in the folder of another.
const keepCompiled = ({ enableCompileCache }, { statSync }, { fileURLToPath }) => {
  const home = fileURLToPath(new URL('..', import.meta.url))
  const isOwn = process.getuid === undefined || statSync(home).uid === process.getuid()
  if (isOwn && enableCompileCache !== undefined) enableCompileCache(`${home}.compile-cache`)
}

if (major > 20 || (major === 20 && minor >= 19)) {
  const { getBuiltinModule } = process
  if (getBuiltinModule !== undefined) keepCompiled(...['module', 'fs', 'url'].map((name) => getBuiltinModule(name)))
  import('./program.js')
} else {
  process.stderr.write(
    `Node ${process.versions.node} (${process.execPath}) is too old: sshmcp needs Node 20.19 or newer.\n` +
      'Install one, see https://nodejs.org. If an editor starts sshmcp, then run: sshmcp mcp-config EDITOR --write\n',
  )
  process.exitCode = 2
}
