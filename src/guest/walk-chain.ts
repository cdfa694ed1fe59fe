import { fieldValue, visibleState } from './field-value.ts'
import type { Viewpoint } from './field-value.ts'
import type {
  FirewallChain,
  FirewallRule,
  FirewallRuleset,
  FirewallVerdict,
  RejectWith,
  RuleStep,
  SetMark,
  VerdictLookup,
} from './firewall-ruleset.ts'
import type { FirewallObserver } from './firewall-observer.ts'
import { matchBox, matchStep, tellOfBox, valuesOf } from './match-step.ts'
import { assume, mergePaths, translate, withMark } from './walk-path.ts'
import type { Decider, WalkPath } from './walk-path.ts'

/** A walk through one base chain and what it calls; the two lists and the budget are filled on the way. */
export interface ChainWalk {
  readonly ruleset: FirewallRuleset
  readonly view: Viewpoint
  readonly accepted: WalkPath[]
  readonly stopped: Stop[]
  readonly budget: StepBudget
  readonly observer: FirewallObserver | undefined
}

/** How many steps may still be taken: rules that call each other can multiply without end. */
export interface StepBudget {
  left: number
}

/** Where a packet ended, unless it was accepted. */
export interface Stop {
  readonly decision: 'drop' | 'reject' | 'unknown'
  readonly by: Decider
  readonly path: WalkPath
  readonly rejectWith?: RejectWith
  readonly because?: string
}

/** Chains within chains; the kernel stops nftables at 16 and iptables where its rules do. */
const DEEPEST = 64

/** Takes the paths through a chain; gives back those that reach its end or return from it. */
export function walkChain(
  walk: ChainWalk,
  chain: FirewallChain,
  paths: readonly WalkPath[],
  depth = 0,
): readonly WalkPath[] {
  const back: WalkPath[] = []
  let here = paths
  for (const rule of chain.rules) {
    if (here.length === 0) break
    const next: WalkPath[] = []
    const place: RulePlace = { walk, chain, rule, depth, next, back }
    for (const path of here) takeSteps(place, path, 0)
    here = mergePaths(next)
  }
  return mergePaths([...here, ...back])
}

/** A rule being taken: `next` goes on to the rule after it, `back` leaves the chain. */
interface RulePlace {
  readonly walk: ChainWalk
  readonly chain: FirewallChain
  readonly rule: FirewallRule
  readonly depth: number
  readonly next: WalkPath[]
  readonly back: WalkPath[]
}

function takeSteps(place: RulePlace, start: WalkPath, from: number): void {
  const { steps } = place.rule
  let path = start
  for (let at = from; at < steps.length; at++) {
    if (place.walk.budget.left-- <= 0)
      return stop(place, path, 'unknown', 'more rules than one looks at')
    const taken = takeStep(place, steps[at], path)
    if (taken === 'done') return
    if (taken === 'next') break
    if (taken.fork) takeSteps(place, taken.fork, at + 1)
    if (!taken.path) break
    path = taken.path
  }
  place.next.push(path)
}

/**
 * `next`: on to the rule after this one; `done`: decided; else the path goes on in this rule, and
 * where something unknown holds, as `fork`.
 */
type Taken = 'next' | 'done' | { readonly path?: WalkPath; readonly fork?: WalkPath }

function takeStep(place: RulePlace, step: RuleStep, path: WalkPath): Taken {
  const { view, observer } = place.walk
  switch (step.kind) {
    case 'match':
    case 'match-tuple': {
      const answer = matchStep(step, { path, view, observer })
      if (answer === 'unknown') return { fork: assume(path, describeKeys(step)) }
      return answer === 'yes' ? { path } : 'next'
    }
    case 'unknown-match':
      return { fork: assume(path, step.because) }
    case 'verdict':
      return decide(place, step.verdict, path)
    case 'lookup':
      return lookUp(place, step, path)
    case 'set-mark':
      return setMark(step, path, view)
    case 'forget-mark':
      return { path: withMark(path, step.field, 'unknown') }
    case 'untrack':
      return { path: untrack(path, view) }
    case 'translate':
      accept(place, translate(path, step.to))
      return 'done'
  }
}

function describeKeys(step: Extract<RuleStep, { kind: 'match' | 'match-tuple' }>): string {
  return step.kind === 'match' ? step.key.field : step.keys.map(({ field }) => field).join(' . ')
}

function decide(place: RulePlace, verdict: FirewallVerdict, path: WalkPath): Taken {
  switch (verdict.kind) {
    case 'accept':
      accept(place, path)
      return 'done'
    case 'drop':
      stop(place, path, 'drop')
      return 'done'
    case 'reject':
      place.walk.stopped.push({
        decision: 'reject',
        by: decider(place),
        path,
        rejectWith: verdict.with,
      })
      return 'done'
    case 'unknown':
      stop(place, path, 'unknown', verdict.because)
      return 'done'
    case 'continue':
      return 'next'
    case 'return':
      place.back.push(path)
      return 'done'
    case 'jump':
      place.next.push(...call(place, verdict.chain, path))
      return 'done'
    case 'goto':
      // Whoever called this chain gets back what the other chain gives back.
      place.back.push(...call(place, verdict.chain, path))
      return 'done'
  }
}

function call(place: RulePlace, number: number, path: WalkPath): readonly WalkPath[] {
  const { walk, depth } = place
  if (depth < DEEPEST) return walkChain(walk, walk.ruleset.chains[number], [path], depth + 1)
  stop(place, path, 'unknown', 'chains within chains')
  return []
}

const decider = ({ chain, rule }: RulePlace): Decider => ({ kind: 'rule', chain, rule })

function accept(place: RulePlace, path: WalkPath): void {
  place.walk.accepted.push({ ...path, passed: [...path.passed, decider(place)] })
}

function stop(place: RulePlace, path: WalkPath, decision: 'drop' | 'unknown', because?: string) {
  const by = decider(place)
  place.walk.stopped.push({ decision, by, path, ...(because !== undefined && { because }) })
}

function lookUp(place: RulePlace, { keys, entries }: VerdictLookup, path: WalkPath): Taken {
  const { view, observer } = place.walk
  const values = valuesOf(keys, { path, view })
  if (values.includes('absent')) return 'next'
  for (const { box, verdict } of entries) {
    tellOfBox(keys, values, box, { path, view, observer })
    const held = matchBox(values, box)
    if (held === 'yes') return settle(place, verdict, path)
    if (held === 'unknown')
      settle(place, verdict, assume(path, keys.map(({ field }) => field).join(' . ')))
  }
  return 'next'
}

/** A verdict of a map is the end of its rule, also where it says to go on. */
function settle(place: RulePlace, verdict: FirewallVerdict, path: WalkPath): 'done' {
  if (decide(place, verdict, path) === 'next') place.next.push(path)
  return 'done'
}

function setMark({ field, from, keep, flip }: SetMark, path: WalkPath, view: Viewpoint): Taken {
  const value = keep === 0n ? 0n : fieldValue({ field: from }, path, view)
  if (value === 'absent') return 'next'
  // Without a connection there is nothing to keep the mark in, and the rule goes on.
  if (field === 'connectionMark' && fieldValue({ field }, path, view) === 'absent') return { path }
  return { path: withMark(path, field, value === 'unseen' ? 'unknown' : (value & keep) ^ flip) }
}

function untrack(path: WalkPath, view: Viewpoint): WalkPath {
  if (visibleState(path, view) !== 'invalid') return path
  return { ...path, untracked: true, context: { ...path.context, state: 'untracked' } }
}
