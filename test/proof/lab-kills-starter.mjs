/**
 * Starts a lab, builds a plan, probes, and ends it, saying at each step how far it is; whoever wants
 * to kill it has something to kill. Arguments: the folder of the built code, the name of the lab, the
 * file of the plan, and `end`, `stay` or `hold`.
 */

import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [built = '', name = '', planFile = '', last = 'end'] = process.argv.slice(2)
/** @type {typeof import('../../src/lab/index.ts')} */
const { startLab } = await import(pathToFileURL(`${built}/lab/index.js`).href)
/** @type {import('../../src/lab/index.ts').LabPlan} */
const plan = JSON.parse(readFileSync(planFile, 'utf8'))

/** @param {string} word */
const say = (word) => process.stdout.write(`${word}\n`)

try {
  say('starting')
  const lab = await startLab(name)
  say('started')
  await lab.ask({ op: 'build', plan })
  say('built')
  const asks = plan.seats.flatMap(({ at, addresses }, id) => {
    const to = plan.seats.at(-1 - id)?.addresses[0]
    if (at === undefined || to === undefined) return []
    return [
      {
        id,
        space: at.space,
        locals: addresses,
        protocol: /** @type {const} */ ('tcp'),
        destination: to,
        port: 9,
      },
    ]
  })
  const offers = plan.seats.flatMap(({ at, addresses }) =>
    at === undefined
      ? []
      : addresses.map((address) => {
          return { space: at.space, protocol: /** @type {const} */ ('tcp'), address, port: 9 }
        }),
  )
  await lab.ask({ op: 'listen', offers })
  for (let round = 0; round < 3; round++) {
    const told = await lab.ask({ op: 'ask', asks, timeoutMs: 300, evidence: true })
    say('probed')
    const kinds = told.map(({ outcome, steps }) => `${outcome.kind}${steps.length > 0 ? '+' : ''}`)
    say(`answers ${kinds.join()}`)
  }
  if (last === 'stay') {
    await lab.stay()
    say('stays')
    lab.release()
  } else if (last === 'hold') {
    say('holds')
    setInterval(() => undefined, 1000)
  } else {
    say('ending')
    await lab.end()
    say('ended')
  }
} catch (error) {
  say(`failed: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
