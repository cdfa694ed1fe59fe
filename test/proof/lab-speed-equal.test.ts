import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { randomNetwork, seededRandom } from '#conformance'
import { compilePlan, labAbility, type LabPlan } from '#lab'
import { parseNetwork } from '#model'

/** What the kernel has in each namespace of a plan. */
type State = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const scenarios = fileURLToPath(new URL('../../scenarios', import.meta.url))
const ability = await labAbility()
const why = ability.kind === 'able' ? undefined : ability.lacks.map((item) => item.why).join('; ')

test('system calls and tools leave the same state in the kernel', ({ skip }) => {
  if (why !== undefined) skip(why)
  const plans = oneOfEachShape([...scenarioPlans(), ...randomPlans(0, 12)])
  const states = buildBothWays(plans)
  expect(states).toHaveLength(plans.length)
  states.forEach(({ byThread, byTool }, nth) => {
    const planned = plans[nth]
    if (!planned) throw new Error('a state without a plan')
    expect(comparable(byThread, planned)).toEqual(comparable(byTool, planned))
  })
})

function scenarioPlans(): readonly LabPlan[] {
  return readdirSync(scenarios).flatMap((name) => {
    try {
      const text = readFileSync(join(scenarios, name, 'network.json'), 'utf8')
      const parsed = parseNetwork(JSON.parse(text))
      return parsed.ok ? [compilePlan(parsed.network, { publicHosts: ['203.0.113.9'] })] : []
    } catch {
      return []
    }
  })
}

function randomPlans(seed: number, count: number): readonly LabPlan[] {
  return Array.from({ length: count }, (_, nth) =>
    compilePlan(randomNetwork(seededRandom(seed + nth), { gaps: false, classic: false })),
  )
}

/** Plans are alike: those of which a line has words in an order that no earlier one has. */
function oneOfEachShape(plans: readonly LabPlan[]): readonly LabPlan[] {
  const seen = new Set<string>()
  return plans.filter((plan) => {
    const shapes = plan.spaces.flatMap(({ ip, ip6, bridge }) =>
      [ip, ip6, bridge].flatMap((lines, nth) => lines.map(({ text }) => shapeOf(nth, text))),
    )
    const isNew = shapes.some((shape) => !seen.has(shape))
    for (const shape of shapes) seen.add(shape)
    return isNew
  })
}

function shapeOf(batch: number, text: string): string {
  const words = text.split(' ').filter((word) => /^[a-z]+_?[a-z]+$/.test(word))
  return `${batch} ${words.join(' ')}${text.includes('::') ? ' of IPv6' : ''}`
}

function buildBothWays(plans: readonly LabPlan[]): readonly { byThread: State; byTool: State }[] {
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-equal-'))
  try {
    const file = join(folder, 'plans.json')
    writeFileSync(file, JSON.stringify(plans))
    const host = fileURLToPath(new URL('lab-speed-host.mjs', import.meta.url))
    const built = fileURLToPath(new URL('../../dist', import.meta.url))
    const own = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
    const words = [...own, '--net', '--mount', '--propagation', 'private']
    const ran = spawnSync('unshare', [...words, process.execPath, host, built, file], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    })
    if (ran.status !== 0) throw new Error(ran.stderr)
    const lines = ran.stdout.trim().split('\n')
    return lines.map((line): { byThread: State; byTool: State } => JSON.parse(line))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Numbers that the kernel gives as it goes, clocks, counters, and how fast a cable came up. */
const passing = new Set([
  'ifindex',
  'link_index',
  'link_netnsid',
  'operstate',
  'state',
  'bridge_id',
  'root_id',
  'root_port',
  'designated_root',
  'designated_bridge',
  'hello_timer',
  'tcn_timer',
  'topology_change_timer',
  'gc_timer',
  'hold_timer',
  'message_age_timer',
  'forward_delay_timer',
  'handle',
  'metainfo',
  'packets',
  'bytes',
  'tentative',
])
const passingFlags = new Set(['LOWER_UP', 'NO-CARRIER', 'linkdown'])
const unordered = new Set(['links', 'addresses', 'neighbours', 'forwarding', 'ports', 'routes6'])

function comparable(state: State, plan: LabPlan): unknown {
  const planned = JSON.stringify([plan.cables, plan.spaces.map(({ ip }) => ip)])
  const copy: unknown = JSON.parse(JSON.stringify(state), (key, item: unknown) => {
    if (passing.has(key)) return undefined
    if (typeof item === 'string') return macOf(item, planned)
    if (!Array.isArray(item)) return item
    const kept = item.filter((one) => !passingFlags.has(String(one)) && !isOfTheKernel(one))
    return unordered.has(key) ? kept.toSorted(byText) : kept
  })
  return copy
}

function macOf(text: string, planned: string): string {
  const isRandom = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(text) && !planned.includes(text)
  return isRandom ? 'a MAC address of the kernel’s choice' : text
}

/** What it makes for itself out of MAC addresses of its own choice. */
function isOfTheKernel(item: unknown): boolean {
  const text = JSON.stringify(item)
  const isOwnAddress = /"local":"fe80::[0-9a-f]+:[0-9a-f]+ff:fe/.test(text)
  return isOwnAddress || /"protocol":"kernel"|"mac":"(?:33:33|01:00:5e)/.test(text)
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}
