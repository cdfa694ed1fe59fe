import { setImmediate } from 'node:timers/promises'
import type { Cable, LabPlan, Space } from '../plan.ts'
import { wireSettings } from '../wire/index.ts'
import { configureSpace } from './configure-space.ts'
import { endNumbers, numberDevices } from './device-numbers.ts'
import { type Entrance, inodeOf } from './enter-namespace.ts'
import { feedTool } from './feed-tool.ts'
import { loadFirewall, loadRules } from './load-rules.ts'
import type { RuleHandle } from './read-handles.ts'
import type { GuestRuleHandle } from './request.ts'
import { run } from './run-tool.ts'

/** A plan that stands: what is needed to probe it and to read what it does. */
export interface BuiltLab {
  /** By the name of the namespace. */
  readonly inodes: ReadonlyMap<string, bigint>
  readonly handles: readonly RuleHandle[]
  readonly guestRules: readonly GuestRuleHandle[]
  /** Milliseconds of each step; `filters` are loaded beside the others. */
  readonly took: Readonly<Record<string, number>>
}

/** What the prober wants of every namespace. */
const wanted = wireSettings.map(({ key, value }) => ({ path: key, value }))

/** Tools at work at the same time: more only wait for the two locks of the kernel. */
const WORKERS = 4

/**
 * Makes a plan real, all namespaces and cables in one process each, the rest namespace by
 * namespace. The lab's own rules name devices that need not be there, so they are loaded while the
 * devices are made. Throws an error that names the resource whose line the kernel refused.
 */
export async function buildPlan(plan: LabPlan, entrance: Entrance): Promise<BuiltLab> {
  const { spaces } = plan
  const took: Record<string, number> = {}
  const handles: RuleHandle[] = []
  const timed: Timed = async (name, step) => {
    const start = performance.now()
    await step()
    took[name] = performance.now() - start
  }
  const load = async (space: Space): Promise<void> => {
    handles.push(...(await loadRules(entrance, space)))
  }
  await timed('namespaces', () => addNamespaces(spaces))
  await timed('settings', () =>
    each(spaces, (space) => entrance.write(space.name, [...wanted, ...space.sysctls])),
  )
  const [own, guests] = [spaces.filter(isFree), spaces.filter((space) => !isFree(space))]
  await together([timed('filters', () => each(own, load)), layDevices(plan, entrance, timed)])
  const guestRules: GuestRuleHandle[] = []
  await timed('guestFilters', () =>
    each(guests, async (space) => {
      guestRules.push(...(await loadFirewall(entrance, space)))
      await load(space)
    }),
  )
  const inodes = new Map(spaces.map(({ name }) => [name, inodeOf(name)]))
  return { inodes, handles, guestRules, took }
}

type Timed = (name: string, step: () => Promise<void>) => Promise<void>

/** Whether no rules but the lab's own are in it. */
function isFree({ firewall = [] }: Space): boolean {
  return firewall.length === 0
}

async function layDevices(
  { spaces, cables }: LabPlan,
  entrance: Entrance,
  timed: Timed,
): Promise<void> {
  const devicesOf = numberDevices(cables)
  await timed('cables', () => addCables(cables))
  await timed('devices', () =>
    each(spaces, (space) => entrance.write(space.name, space.deviceSysctls)),
  )
  await timed('addresses', () =>
    each(spaces, (space) => configureSpace(entrance, space, devicesOf(space.name))),
  )
}

/** Waits for all, so that nothing goes on behind an error; then throws the first one. */
async function together(tasks: readonly Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(tasks)
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

/** Namespace by namespace; in between, whatever else has come in gets its turn. */
async function each(
  spaces: readonly Space[],
  step: (space: Space) => Promise<void>,
): Promise<void> {
  const queue = spaces.values()
  const worker = async (): Promise<void> => {
    for (const space of queue) {
      await step(space)
      await setImmediate()
    }
  }
  await together(Array.from({ length: WORKERS }, worker))
}

async function addNamespaces(spaces: readonly Space[]): Promise<void> {
  const lines = spaces.map(({ name, of }) => ({ text: `netns add ${name}`, of }))
  await feedTool({ command: 'ip', args: ['-batch', '-'] }, lines, (tool) => run(tool))
}

/** More than one queue at each end doubles the time that the kernel takes for a cable. */
const ONE_QUEUE = 'numtxqueues 1 numrxqueues 1'

async function addCables(cables: readonly Cable[]): Promise<void> {
  const lines = cables.map(({ ends: [one, other], of }, nth) => {
    const [index, peerIndex] = endNumbers(nth)
    const near = `${one.device} ${endWords(one, index)} type veth`
    const far = `peer name ${other.device} ${endWords(other, peerIndex)}`
    return { text: `link add ${near} ${far}`, of }
  })
  await feedTool({ command: 'ip', args: ['-batch', '-'] }, lines, (tool) => run(tool))
}

function endWords({ space, mac }: Cable['ends'][number], index: number): string {
  const address = mac === undefined ? '' : ` address ${mac}`
  return `index ${index} netns ${space}${address} ${ONE_QUEUE}`
}
