import type { Viewpoint } from './field-value.ts'
import type { FirewallObserver } from './firewall-observer.ts'
import type { FirewallPacket, PacketContext } from './firewall-packet.ts'
import type {
  FirewallChain,
  FirewallHook,
  FirewallRuleset,
  RejectWith,
  Translation,
} from './firewall-ruleset.ts'
import { walkChain } from './walk-chain.ts'
import type { ChainWalk, StepBudget, Stop } from './walk-chain.ts'
import { mergePaths, nameTranslation, otherDeciders } from './walk-path.ts'
import type { Decider, WalkPath } from './walk-path.ts'

/** What a firewall does with one packet at one hook. */
export type Judgement =
  | (Decided & {
      /** `translate`: accepted, with other ends. */
      readonly decision: 'accept' | 'translate'
      /** In the order in which they were made; none if the decision is `accept`. */
      readonly translations: readonly Translation[]
      /** The packet as the next hook sees it. */
      readonly after: { readonly packet: FirewallPacket; readonly context: PacketContext }
    })
  | (Decided & { readonly decision: 'drop' })
  | (Decided & { readonly decision: 'reject'; readonly rejectWith: RejectWith })
  | {
      readonly decision: 'unknown'
      /** The rule that may or may not decide. */
      readonly by: Decider
      readonly passed: readonly Decider[]
      /** What the facts do not tell and the outcome depends on. */
      readonly unknownBecause: readonly string[]
      /** What may come of it; `unknown` where even that cannot be said. */
      readonly possible: readonly Judgement['decision'][]
    }

/** Who decided. */
export interface Decided {
  /** What stopped the packet, or let it through in the last base chain of the hook. */
  readonly by: Decider
  /** What would stand in place of `by` or of one in `passed`, if something unknown holds. */
  readonly alsoBy: readonly Decider[]
  /** What let the packet through in the base chains before, one each. */
  readonly passed: readonly Decider[]
}

/**
 * What the rules say to a packet at a hook, by the kernel's own order: base chains by priority, an
 * accept ends one base chain, a drop everything. Chains of type `nat` see a packet only if its
 * state is new, and act at the priorities the kernel gives them (-100 and 100). Where a condition
 * cannot be decided both answers are followed; the decision is `unknown` only if they part.
 * Nothing is thrown; a guest without chains at the hook accepts. The observer, if there is one, is
 * told for which other packets the judgement holds.
 */
export function judgePacket(
  ruleset: FirewallRuleset,
  hook: FirewallHook,
  packet: FirewallPacket,
  context: PacketContext,
  observer?: FirewallObserver,
): Judgement {
  if (ruleset.unseenFamilies.includes(packet.family)) return unseenRules(packet)
  const nothing = { translations: [], passed: [], also: [], assumed: [] }
  const start: WalkPath = { packet, context, untracked: false, ...nothing }
  const stopped: Stop[] = []
  const budget = { left: MOST_STEPS }
  let paths: readonly WalkPath[] = [start]
  for (const chain of chainsAt(ruleset, hook)) {
    if (!seesFamily(chain, packet)) continue
    paths = walkBase({ ruleset, chain, hook, stopped, budget, observer }, paths)
    if (paths.length === 0) break
  }
  return conclude([...stopped.map(ofStop), ...paths.map(ofPath)])
}

/** A hundred times what the largest ruleset in use needs, and still a matter of seconds. */
const MOST_STEPS = 5_000_000

function unseenRules({ family }: FirewallPacket): Judgement {
  return {
    decision: 'unknown',
    by: { kind: 'no-chain' },
    passed: [],
    unknownBecause: [`rules for IPv${family} were not seen`],
    possible: ['unknown'],
  }
}

function seesFamily({ family }: FirewallChain, packet: FirewallPacket): boolean {
  return family === 'inet' || family === 'netdev' || family === (packet.family === 4 ? 'ip' : 'ip6')
}

const orders = new WeakMap<FirewallRuleset, Map<FirewallHook, readonly FirewallChain[]>>()

/** The base chains of a hook in the order in which they see a packet. */
export function chainsAt(ruleset: FirewallRuleset, hook: FirewallHook): readonly FirewallChain[] {
  const known = orders.get(ruleset) ?? new Map<FirewallHook, readonly FirewallChain[]>()
  orders.set(ruleset, known)
  const order = known.get(hook) ?? sortChains(ruleset, hook)
  known.set(hook, order)
  return order
}

function sortChains({ chains }: FirewallRuleset, hook: FirewallHook): readonly FirewallChain[] {
  return chains
    .flatMap((chain, at) =>
      chain.base?.hook === hook
        ? [{ chain, at, place: place(chain), priority: chain.base.priority }]
        : [],
    )
    .sort((a, b) => a.place - b.place || a.priority - b.priority || b.at - a.at)
    .map(({ chain }) => chain)
}

/** Chains of type `nat` are called by one function per hook; their own priority orders only them. */
function place({ base }: FirewallChain): number {
  if (!base) return 0
  if (base.type !== 'nat') return base.priority
  return base.hook === 'prerouting' || base.hook === 'output' ? -100 : 100
}

interface BaseWalk {
  readonly ruleset: FirewallRuleset
  readonly chain: FirewallChain
  readonly hook: FirewallHook
  readonly stopped: Stop[]
  readonly budget: StepBudget
  readonly observer: FirewallObserver | undefined
}

function walkBase(base: BaseWalk, paths: readonly WalkPath[]): readonly WalkPath[] {
  const { ruleset, chain, hook, stopped, budget, observer } = base
  const passBy = paths.filter((path) => passesBy(chain, hook, path))
  const seen = paths.filter((path) => !passBy.includes(path))
  const view: Viewpoint = { hook, tracking: trackingAt(chain, hook) }
  const walk: ChainWalk = { ruleset, view, accepted: [], stopped, budget, observer }
  const by: Decider = { kind: 'policy', chain }
  for (const path of walkChain(walk, chain, seen)) {
    if (chain.base?.policy === 'drop') stopped.push({ decision: 'drop', by, path })
    else walk.accepted.push({ ...path, passed: [...path.passed, by] })
  }
  return mergePaths([...walk.accepted, ...passBy])
}

/** Whether a chain does not see the packet: of the nat chains the first that translates is the last. */
function passesBy({ base }: FirewallChain, hook: FirewallHook, path: WalkPath): boolean {
  if (base?.type !== 'nat') return false
  // What comes back through the loopback device met the chains of this end when it was sent.
  if ((hook === 'prerouting' || hook === 'input') && path.context.inputDevice === 'lo') return true
  const end = hook === 'prerouting' || hook === 'output' ? 'destination' : 'source'
  const translated = path.translations.some((translation) => translation.end === end)
  return translated || !opensConnection(path)
}

/** ICMP errors are related too, but follow the translation of the connection they speak of. */
function opensConnection({ packet, context: { state } }: WalkPath): boolean {
  if (state === undefined || state === 'new') return true
  return state === 'related' && packet.protocol !== 1 && packet.protocol !== 58
}

const TRACKING = -200

function trackingAt({ base }: FirewallChain, hook: FirewallHook): Viewpoint['tracking'] {
  if (hook !== 'prerouting' && hook !== 'output') return 'after'
  if (!base || base.type === 'nat' || base.priority > TRACKING) return 'after'
  return base.priority < TRACKING ? 'before' : 'at'
}

/** One end that the packet may come to; equal names are equal ends. */
interface Outcome {
  readonly name: string
  readonly judgement: Judgement
  readonly also: readonly Decider[]
  readonly assumed: readonly string[]
}

function ofStop({ decision, by, path, rejectWith, because }: Stop): Outcome {
  const { passed, also, assumed } = path
  if (decision === 'drop')
    return { name: decision, judgement: { decision, by, alsoBy: [], passed }, also, assumed }
  if (decision === 'reject')
    return {
      name: decision,
      judgement: { decision, by, alsoBy: [], passed, rejectWith: rejectWith ?? 'unknown' },
      also,
      assumed,
    }
  const unknownBecause = [...assumed, ...(because === undefined ? [] : [because])]
  return {
    name: decision,
    judgement: { decision, by, passed, unknownBecause, possible: ['unknown'] },
    also,
    assumed: unknownBecause,
  }
}

function ofPath({ packet, context, translations, passed, also, assumed }: WalkPath): Outcome {
  const decision = translations.length > 0 ? 'translate' : 'accept'
  const by = passed.at(-1) ?? { kind: 'no-chain' }
  const after = { packet, context }
  return {
    name: [decision, ...translations.map(nameTranslation)].join(' '),
    judgement: { decision, by, alsoBy: [], passed: passed.slice(0, -1), translations, after },
    also,
    assumed,
  }
}

/** The one outcome, or what is open between several; the main way is the one that assumes least. */
function conclude(outcomes: readonly Outcome[]): Judgement {
  const main = outcomes.reduce((a, b) => (b.assumed.length < a.assumed.length ? b : a))
  const others = outcomes.filter(({ name }) => name !== main.name)
  if (others.length === 0) return addDeciders(settleContext(main.judgement, outcomes), outcomes)
  const open = others[0].judgement
  const unknown = outcomes.filter(({ judgement }) => judgement.decision === 'unknown')
  return {
    decision: 'unknown',
    by: open.by,
    passed: open.passed,
    unknownBecause: [...new Set([...others, ...unknown].flatMap(({ assumed }) => assumed))],
    possible: [...new Set([main, ...outcomes].map(({ judgement }) => judgement.decision))],
  }
}

function addDeciders(main: Judgement, outcomes: readonly Outcome[]): Judgement {
  if (main.decision === 'unknown') return main
  const deciders = outcomes.flatMap(({ judgement, also }) => [
    ...judgement.passed,
    judgement.by,
    ...also,
  ])
  return { ...main, alsoBy: otherDeciders([...main.passed, main.by], deciders) }
}

/** What the ways to one accept leave behind is known only where they agree. */
function settleContext(main: Judgement, outcomes: readonly Outcome[]): Judgement {
  if (main.decision !== 'accept' && main.decision !== 'translate') return main
  let { context } = main.after
  for (const { judgement } of outcomes) {
    if (judgement.decision !== 'accept' && judgement.decision !== 'translate') continue
    context = joinContexts(context, judgement.after.context)
  }
  return { ...main, after: { ...main.after, context } }
}

function joinContexts(a: PacketContext, b: PacketContext): PacketContext {
  const { state, ...rest } = a
  return {
    ...rest,
    ...(state !== undefined && state === b.state && { state }),
    ...(a.mark !== b.mark && { mark: 'unknown' }),
    ...(a.connectionMark !== b.connectionMark && { connectionMark: 'unknown' }),
  }
}
