/**
 * `npm start`: installs what is missing, builds what is old, then runs the command line.
 * Arguments after `--` are the command line's own; without any it runs the main job.
 */

import './check-node.mjs'
import { join } from 'node:path'
import { mainJob } from './main-job.mjs'
import { prepare, root } from './prepare.mjs'
import { runChild } from './run-child.mjs'
import { say } from './say.mjs'

const main = join(root, 'dist/cli/main.js')

/** 0 reachable, 1 unreachable, 3 not decided: in each case the demonstration has printed its report. */
const reported = [0, 1, 3]

try {
  prepare()
  // `--once` says: end after the report. That is what happens anyway as long as nothing keeps serving.
  const asked = process.argv.slice(2).filter((argument) => argument !== '--once')
  process.exitCode = asked.length === 0 ? await demonstrate() : await runChild([main, ...asked])
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}

async function demonstrate() {
  say(`running: npx hopwise ${mainJob.join(' ')}`)
  const code = await runChild([main, ...mainJob], { cwd: root })
  if (!reported.includes(code)) return code
  say('ask your own: npx hopwise diagnose --network FILE --from A --to B --protocol tcp --port N')
  say('everything else: npx hopwise --help')
  return 0
}
