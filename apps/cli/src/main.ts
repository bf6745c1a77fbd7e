#!/usr/bin/env node
import { runProgram } from './program.ts'
import { processTerminal } from './terminal.ts'

// Not by exitCode alone: a connection that is slow to close must not keep a program that is done.
process.exit(await runProgram(process.argv.slice(2), processTerminal()))
