#!/usr/bin/env node
import { processShell } from './process-shell.ts'
import { runCli } from './run-cli.ts'

const exitCode = await runCli(process.argv.slice(2), processShell())
// A lost answer has set its own code; the process ends once everything is written.
process.exitCode ??= exitCode
