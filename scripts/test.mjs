/** `npm test`: everything that needs neither root nor minutes. Arguments after `--` go to vitest. */

import './check-node.mjs'
import { runTests } from './run-tests.mjs'

process.exitCode = await runTests('vitest.config.ts', process.argv.slice(2))
