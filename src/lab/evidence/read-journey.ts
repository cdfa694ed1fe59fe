import type { LegName } from '#model'
import { HYPERVISOR } from '../alibaba/lay-hypervisor.ts'
import { WORLD } from '../alibaba/lay-internet.ts'
import { WATCH } from '../host/watch-tables.ts'
import type { Handle, TraceStep } from '../host/request.ts'
import type { LabPlan, Mark } from '../plan.ts'
import type { Decided, Journey, Visit } from './journey.ts'

/** Reads the way of a flow's first packets out of what nftables said about all of them. */
export type JourneyReader = (steps: readonly TraceStep[]) => Journey

/** A reader for one lab: the handles lead from a trace back to the plan's marks. */
export function journeyReader(plan: LabPlan, handles: readonly Handle[]): JourneyReader {
  const marks = new Map<string, Mark>()
  for (const { mark, ...place } of handles) {
    const meant = plan.marks[mark]
    if (meant) marks.set(keyOf(place), meant)
  }
  const markOf = (step: TraceStep): Mark | undefined => marks.get(keyOf(step))
  return (steps) => {
    const passes = passesOf(steps)
    const legs = { forward: inOrder(passes, false, markOf), return: inOrder(passes, true, markOf) }
    const decided = decidedBy(legs.forward) ?? decidedBy(legs.return)
    const visits = (leg: LegName): readonly Visit[] => legs[leg].map(({ visit }) => visit)
    const journey = { forward: visits('forward'), return: visits('return') }
    return decided ? { ...journey, decided } : journey
  }
}

function keyOf({
  space,
  family,
  table,
  chain,
  handle = 0,
}: Omit<Handle, 'mark' | 'handle'> & { readonly handle?: number }): string {
  return `${space} ${family} ${table} ${chain} ${handle}`
}

/** What one packet did in one namespace, and what dropped it there. */
interface Pass {
  readonly visit: Visit
  readonly dropped?: TraceStep
  readonly droppedBy?: Mark
}

type Steps = readonly [TraceStep, ...TraceStep[]]

/** The steps of each packet in each namespace; the first packet to pass a place stands for the flow. */
function passesOf(steps: readonly TraceStep[]): readonly Steps[] {
  const open = new Map<string, TraceStep[]>()
  const passes: TraceStep[][] = []
  for (const step of steps) {
    const key = `${step.space} ${step.reply} ${step.packet}`
    const own = open.get(key)
    if (own && !begins(step)) {
      own.push(step)
      continue
    }
    const pass = [step]
    open.set(key, pass)
    passes.push(pass)
  }
  const seen = new Set<string>()
  return passes.flatMap((own) => {
    const [first, ...rest] = own
    if (!first) return []
    const place = `${first.space} ${first.reply} ${first.ttl} ${enteredBy(own) ?? ''} ${layerOf(own)}`
    if (seen.has(place)) return []
    seen.add(place)
    return [[first, ...rest] as const]
  })
}

/**
 * The kernel numbers a packet by where it lies in memory, so one that comes round again has the
 * same number: the rule that turns tracing on tells where a passage begins.
 */
function begins({ space, family, table, handle }: TraceStep): boolean {
  const layer = space !== HYPERVISOR || family === 'bridge'
  return layer && table === WATCH && handle !== undefined
}

function enteredBy(steps: readonly TraceStep[]): string | undefined {
  return steps.find(({ iif }) => iif !== undefined)?.iif
}

/** A router sees a packet twice: as a switch, and as what routes it. */
function layerOf(steps: readonly TraceStep[]): 'switched' | 'routed' {
  return steps.every(({ family }) => family === 'bridge') ? 'switched' : 'routed'
}

function inOrder(
  passes: readonly Steps[],
  reply: boolean,
  markOf: (step: TraceStep) => Mark | undefined,
): readonly Pass[] {
  return passes
    .filter(([first]) => first.reply === reply)
    .filter(
      (steps) => first(steps).space === HYPERVISOR || layerOf(steps) === 'routed' || drops(steps),
    )
    .map((steps) => passOf(steps, markOf))
    .sort(({ visit: a }, { visit: b }) => b.ttl - a.ttl || rankOf(a) - rankOf(b))
}

function first(steps: Steps): TraceStep {
  return steps[0]
}

function drops(steps: Steps): boolean {
  return steps.some(({ verdict }) => verdict === 'drop')
}

/** Of places that a packet passes with the same hop count: out of a guest, on, into a guest. */
function rankOf({ space, direction, entered }: Visit): number {
  if (space === WORLD && entered === undefined) return 0
  if (space.startsWith('i')) return entered === undefined ? 0 : 4
  if (direction === 'out') return 1
  return direction === 'in' ? 3 : 2
}

function passOf(steps: Steps, markOf: (step: TraceStep) => Mark | undefined): Pass {
  const [start] = steps
  const dropped = steps.find(({ verdict }) => verdict === 'drop')
  const droppedBy = dropped && markOf(dropped)
  return {
    visit: visitOf(start, steps, markOf),
    ...(dropped ? { dropped } : {}),
    ...(droppedBy ? { droppedBy } : {}),
  }
}

function visitOf(
  start: TraceStep,
  steps: Steps,
  markOf: (step: TraceStep) => Mark | undefined,
): Visit {
  const { space, reply, ttl } = start
  const entered = enteredBy(steps)
  const left = steps.findLast(({ oif }) => oif !== undefined)?.oif
  const last = steps[steps.length - 1] ?? start
  const { firewallMark, destinationPort } = last
  return {
    space,
    leg: reply ? 'return' : 'forward',
    ttl,
    marks: steps.flatMap((step) => markOf(step) ?? []),
    source: last.source,
    destination: last.destination,
    ...(entered === undefined ? {} : { entered }),
    ...(left === undefined ? {} : { left }),
    ...(destinationPort === undefined ? {} : { destinationPort }),
    ...(firewallMark === undefined ? {} : { firewallMark }),
    ...directionOf(space, entered),
  }
}

/** The bridge of an interface, at which a trace begins that lacks its start, tells no direction. */
function directionOf(space: string, entered = ''): Pick<Visit, 'direction'> {
  if (space !== HYPERVISOR) return {}
  if (entered.startsWith('g')) return { direction: 'out' }
  return entered.startsWith('u') ? { direction: 'in' } : {}
}

function decidedBy(passes: readonly Pass[]): Decided | undefined {
  for (const { visit, dropped, droppedBy } of passes) {
    if (!dropped) continue
    const { family, table, chain, handle } = dropped
    const rule = { family, table, chain, ...(handle === undefined ? {} : { handle }) }
    return { leg: visit.leg, visit, rule, ...(droppedBy ? { mark: droppedBy } : {}) }
  }
  return undefined
}
