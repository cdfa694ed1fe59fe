import { expect, test } from 'vitest'

import { diceOf, seededRandom } from '#conformance'
import { compareOnKernel } from './guest-compare.ts'
import { lacksForSandbox, openSandbox } from './guest-sandbox-client.ts'

const seed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000)
const wanted = Number(process.env.HOPWISE_PACKETS ?? 20_000)
const lacking = lacksForSandbox()

test(`the kernel and the evaluator agree on verdict and rule (seed ${seed})`, async ({ skip }) => {
  if (lacking !== undefined) return skip(lacking)
  const sandbox = await openSandbox()
  try {
    const tally = await compareOnKernel(sandbox, diceOf(seededRandom(seed)), wanted)
    process.stdout.write(`guest-kernel: seed ${seed}, ${JSON.stringify(tally.counts, null, 1)}\n`)
    expect(tally.mismatches).toEqual([])
    expect(tally.counts.compared).toBeGreaterThanOrEqual(wanted)
    // An evaluator that knows nothing would agree with every kernel.
    expect(tally.counts.undecided).toBeLessThan(wanted / 50)
  } finally {
    sandbox.close()
  }
})
