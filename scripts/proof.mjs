/** `npm run proof`: real packets, kills and long searches. Arguments after `--` go to vitest. */

import './check-node.mjs'
import { runTests } from './run-tests.mjs'

process.exitCode = await runTests('vitest.proof.config.ts', process.argv.slice(2))
