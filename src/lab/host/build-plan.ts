import type { Cable, LabPlan, Line, Space } from '../plan.ts'
import { type Entrance, inodeOf } from './enter-namespace.ts'
import { readHandles, type RuleHandle } from './read-handles.ts'
import { run, type Tool } from './run-tool.ts'
import { wireSettings } from '../wire/index.ts'
import { watchTables } from './watch-tables.ts'

/** A plan that stands: what is needed to probe it and to read what it does. */
export interface BuiltLab {
  /** By the name of the namespace. */
  readonly inodes: ReadonlyMap<string, bigint>
  readonly handles: readonly RuleHandle[]
  /** Milliseconds of each step. */
  readonly took: Readonly<Record<string, number>>
}

/** What the prober wants of every namespace. */
const wanted = wireSettings.map(({ key, value }) => ({ path: key, value }))

/** Tools at work at the same time: more only wait for the two locks of the kernel. */
const WORKERS = 4

/**
 * Makes a plan real, all namespaces and cables in one process each, the rest namespace by
 * namespace. Throws an error that names the resource whose line the kernel refused.
 */
export async function buildPlan(plan: LabPlan, entrance: Entrance): Promise<BuiltLab> {
  const took: Record<string, number> = {}
  const handles: RuleHandle[] = []
  const timed = async (name: string, step: () => Promise<void>): Promise<void> => {
    const start = performance.now()
    await step()
    took[name] = performance.now() - start
  }
  const { spaces } = plan
  await timed('namespaces', () => addNamespaces(spaces))
  await timed('settings', () =>
    each(spaces, (space) => entrance.write(space.name, [...wanted, ...space.sysctls])),
  )
  await timed('cables', () => addCables(plan.cables))
  await timed('devices', () =>
    each(spaces, (space) => entrance.write(space.name, space.deviceSysctls)),
  )
  await timed('addresses', () => each(spaces, (space) => configure(entrance, space)))
  await timed('filters', () =>
    each(spaces, async (space) => {
      handles.push(...(await loadRules(entrance, space)))
    }),
  )
  return { inodes: new Map(spaces.map(({ name }) => [name, inodeOf(name)])), handles, took }
}

async function each(
  spaces: readonly Space[],
  step: (space: Space) => Promise<void>,
): Promise<void> {
  const queue = spaces.values()
  const worker = async (): Promise<void> => {
    for (const space of queue) await step(space)
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))
}

async function addNamespaces(spaces: readonly Space[]): Promise<void> {
  const lines = spaces.map(({ name, of }) => ({ text: `netns add ${name}`, of }))
  await feed({ command: 'ip', args: ['-batch', '-'] }, lines, (tool) => run(tool))
}

/**
 * Two ends of one number look like no pair to the kernel, which then takes up to a second to notice
 * that the cable is in (linux net/core/link_watch.c); so every end has a number of its own.
 */
const FIRST_INDEX = 1000

async function addCables(cables: readonly Cable[]): Promise<void> {
  const lines = cables.map(({ ends: [one, other], of }, nth) => {
    const mac = one.mac === undefined ? '' : ` address ${one.mac}`
    const peerMac = other.mac === undefined ? '' : ` address ${other.mac}`
    const [index, peerIndex] = [FIRST_INDEX + 2 * nth, FIRST_INDEX + 2 * nth + 1]
    const near = `link add ${one.device} index ${index} netns ${one.space}${mac} type veth`
    const far = `peer name ${other.device} index ${peerIndex} netns ${other.space}${peerMac}`
    return { text: `${near} ${far}`, of }
  })
  await feed({ command: 'ip', args: ['-batch', '-'] }, lines, (tool) => run(tool))
}

async function configure(entrance: Entrance, space: Space): Promise<void> {
  const inside = (tool: Tool) => entrance.run(space.name, tool)
  await feed({ command: 'ip', args: ['-batch', '-'] }, space.ip, inside)
  await feed({ command: 'ip', args: ['-6', '-batch', '-'] }, space.ip6, inside)
  await feed({ command: 'bridge', args: ['-batch', '-'] }, space.bridge, inside)
}

/** A batch tool names the line it stopped at; the line names its resource. */
async function feed(
  tool: Tool,
  lines: readonly Line[],
  act: (tool: Tool) => ReturnType<typeof run>,
): Promise<void> {
  if (lines.length === 0) return
  const ran = await act({ ...tool, input: `${lines.map(({ text }) => text).join('\n')}\n` })
  if (ran.code === 0) return
  const nth = Number(/Command failed -:(\d+)/.exec(ran.errors)?.[1] ?? 0)
  const line = lines.at(nth - 1)
  const what = line ? `"${line.text}" (${line.of.kind} ${line.of.id})` : tool.command
  throw new Error(`the kernel refused ${what}: ${ran.errors.trim()}`)
}

async function loadRules(entrance: Entrance, space: Space): Promise<readonly RuleHandle[]> {
  for (const { tool, text } of space.firewall ?? []) {
    await loadFirewall(entrance, space, tool, text)
  }
  const watch = watchTables(space)
  if (space.nft.length === 0 && watch.length === 0) return []
  const input = [...watch, ...space.nft.map(({ text }) => text)].join('\n')
  const ran = await entrance.run(space.name, {
    command: 'nft',
    args: ['--echo', '--handle', '-f', '-'],
    input: `${input}\n`,
  })
  if (ran.code !== 0) throw new Error(`nft refused the rules of ${space.name}: ${ran.errors}`)
  return readHandles(space.name, ran.output)
}

const loaders = {
  'nft-json': { command: 'nft', args: ['-j', '-f', '-'] },
  iptables: { command: 'iptables-restore', args: [] },
  ip6tables: { command: 'ip6tables-restore', args: [] },
} as const

async function loadFirewall(
  entrance: Entrance,
  space: Space,
  tool: keyof typeof loaders,
  input: string,
): Promise<void> {
  const ran = await entrance.run(space.name, { ...loaders[tool], input })
  if (ran.code === 0) return
  const { kind, id } = space.of
  throw new Error(`${loaders[tool].command} refused the firewall of ${kind} ${id}: ${ran.errors}`)
}
