import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { compilePlan, labAbility, type LabPlan, startLab } from '#lab'
import { labNetwork } from '../../bench/lab/lab-network.mjs'

// The aims are 0.6 s, 4 s and 0.2 s on two quiet cores (bench/LAB.md). Whatever else a machine does
// makes it slower, so the best of the runs of a minute counts, with some slack, and more of it the
// more programs share a core.
const SLACK = 1.5 * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism())
const PATIENCE_MS = 60_000
const DOWN_MS = 200
const ability = await labAbility()
const lacking = ability.kind === 'unable' ? ability.lacks.map(({ why }) => why).join('; ') : ''
const folder = mkdtempSync(join(tmpdir(), 'hopwise-speed-'))
process.env['HOPWISE_LABS'] = folder

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.for([
  [100, 600],
  [500, 4000],
] as const)('%i instances are up within %i ms, and down within 200', async (row, { skip }) => {
  if (lacking !== '') skip(lacking)
  const [instances, aimMs] = row
  const plan = compilePlan(labNetwork(instances))
  const begun = performance.now()
  let best = await measure(plan)
  const isMet = (): boolean => best.up <= aimMs * SLACK && best.down <= DOWN_MS * SLACK
  while (!isMet() && performance.now() - begun < PATIENCE_MS) {
    const next = await measure(plan)
    best = { up: Math.min(best.up, next.up), down: Math.min(best.down, next.down) }
  }
  expect(best.up).toBeLessThan(aimMs * SLACK)
  expect(best.down).toBeLessThan(DOWN_MS * SLACK)
})

async function measure(plan: LabPlan): Promise<{ readonly up: number; readonly down: number }> {
  // The kernel takes the lab before away in its own time, and gives nobody a namespace meanwhile.
  await pause(500)
  spawnSync('unshare', [...(process.getuid?.() === 0 ? [] : ['--user']), '--net', 'true'])
  const begun = performance.now()
  const lab = await startLab('speed')
  await lab.ask({ op: 'build', plan })
  const built = performance.now()
  await lab.end()
  return { up: built - begun, down: performance.now() - built }
}
