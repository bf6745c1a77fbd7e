import * as vscode from 'vscode'
import { runProgram } from './command-line.ts'
import { start } from './extension.ts'
import { versionOf } from './find-node.ts'

/** Called by the editor once it has started. */
export function activate(context: vscode.ExtensionContext): Promise<void> {
  return start(vscode, context, { run: runProgram, versionOf, env: process.env })
}
