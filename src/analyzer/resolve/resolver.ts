import { addressesOf, type Fabric, rankOf, type Service } from '#fabric'
import {
  type AddressEndpoint,
  type Component,
  type Endpoint,
  isRoutable,
  type Question,
  type Resolution,
  resolveEndpoint,
} from '#model'
import type { Evidence } from '../evidence/evidence.ts'
import { withoutAddress } from './absent.ts'
import { exitOf } from './exit-sender.ts'
import { frontendPorts } from './balancer-receivers.ts'
import { boxesOf } from './boxes.ts'
import { componentOf, isSameThing, type Shown } from './endpoint-component.ts'
import { commonFamily } from './family.ts'
import { createGround, type Family, type Ground } from './ground.ts'
import type { QuestionResolution, Settlement } from './question-resolution.ts'
import { receiversOf } from './receivers.ts'
import { commonGuest } from './same-guest.ts'
import { sendersOf, unlistedAddress } from './senders.ts'
import { bothOutside, explainMisunderstood, isEndpoint } from './unaskable.ts'

/**
 * Resolves questions over one fabric. `suggest` (by default) looks for names that are spelt alike
 * where a text is not found; verdicts alone can do without.
 */
export type QuestionResolver = (question: Question, suggest?: boolean) => QuestionResolution

export function createQuestionResolver(fabric: Fabric, show: Evidence): QuestionResolver {
  const ground = createGround(fabric, show)
  return (question, suggest = true) => resolveQuestion(ground, question, suggest)
}

function resolveQuestion(ground: Ground, question: Question, suggest: boolean): QuestionResolution {
  const from = lookUp(ground, question.from, question.scope, suggest)
  if (!isEndpoint(from)) return explainMisunderstood('from', question.from, from)
  const near = nearScope(question, from)
  // Of a VPC that is not listed no range is known: the address has to mean something by itself.
  const listed = near !== undefined && ground.index.having('vpc', near).length > 0
  const scope = question.scope ?? (listed ? near : undefined)
  const to = lookUp(ground, question.to, scope, suggest)
  if (!isEndpoint(to)) return explainMisunderstood('to', question.to, to)
  return resolveEnds(ground, question, from, to)
}

/** A question of which both ends are known; over a `family` where not the common one is meant. */
export function resolveEnds(
  ground: Ground,
  question: Question,
  from: Endpoint,
  to: Endpoint,
  family: Family | undefined = commonFamily(ground, from, to),
): QuestionResolution {
  const names = { from: componentOf(from), to: componentOf(to) }
  const settled = settleBefore(ground, from, to, names)
  if (settled) return { ...settled, ...names }
  if (isOutside(from) && isOutside(to))
    return to.kind === 'address' ? { ...toStranger(ground.fabric, to), ...names } : bothOutside
  if (family !== undefined) return meet(ground, question, from, to, family, names)
  return { ...noCommonFamily(question), ...names }
}

/** What a text of a question means. */
export function lookUp(
  { index }: Ground,
  text: string,
  scope: string | undefined,
  suggest: boolean,
): Resolution {
  return resolveEndpoint(index, text, scope === undefined ? { suggest } : { suggest, scope })
}

/** An address means what it means where the packet starts. */
function nearScope({ to }: Question, from: Endpoint): string | undefined {
  if (!(to.includes('.') || to.includes(':')) || !/^[0-9a-f:.]+$/i.test(to)) return undefined
  switch (from.kind) {
    case 'instance':
      return from.instance.vpcId
    case 'networkInterface':
      return from.networkInterface.vpcId
    case 'address':
      return from.realm === 'vpc' ? from.vpc.id : undefined
    default:
      return undefined
  }
}

/** What is decided before it is known who sends and who receives. */
function settleBefore(
  ground: Ground,
  from: Endpoint,
  to: Endpoint,
  names: Shown,
): Settlement | undefined {
  const { index } = ground
  const same = isSameThing(from, to, names) ? names.from : commonGuest(index, from, to)
  if (same) return { kind: 'settled', code: 'query.same-endpoint', component: same, facts: {} }
  const stray = [from, to].find(
    (end): end is StrayAddress => isStray(end) && !(end === to && isPlatform(ground.fabric, end)),
  )
  if (stray) return nonRoutable(stray)
  const boundary = from.kind === 'boundary' ? from : to
  if (boundary.kind !== 'boundary') return undefined
  if (boundary === from && exitOf(ground.fabric, boundary) >= 0) return undefined
  if (boundary.resourceKind === 'loadBalancer') {
    if (boundary === to && frontendPorts(ground, boundary).length === 0)
      return withoutAddress(index, boundary.boundary)
    return undefined
  }
  return {
    kind: 'settled',
    code: 'query.unsupported-feature',
    component: componentOf(boundary),
    facts: { feature: boundary.resourceKind },
  }
}

/** An address that no route leads to, and that nothing in the network claims. */
function isStray(end: Endpoint): end is StrayAddress {
  if (end.kind !== 'address' || end.realm === 'vpc' || end.realm === 'classic') return false
  const claimed = 'owner' in end && end.owner !== undefined
  const served = end.realm === 'provider' && end.service !== undefined
  return !claimed && !served && !isRoutable(end.address)
}

/** A service of the provider at an address that means something in every VPC. */
const isPlatform = ({ line, services }: Fabric, { address }: StrayAddress): boolean => {
  const rank = rankOf(line, address) ?? -1
  if (rank < 0) return false
  const { low, high } = addressesOf(line, rank)
  const isHere = ({ range, position }: Service): boolean =>
    position < 0 && range.low === rank && range.high === rank
  return low === high && services.some(isHere)
}

type StrayAddress = Exclude<
  Extract<Endpoint, { kind: 'address' }>,
  { realm: 'vpc' } | { realm: 'classic' }
>

function nonRoutable({ address }: StrayAddress): Settlement {
  return {
    kind: 'settled',
    code: 'query.non-routable-address',
    component: { kind: 'question', id: 'question' },
    facts: { address },
  }
}

function noCommonFamily({ id, from, to }: Question): Settlement {
  return {
    kind: 'settled',
    code: 'query.no-common-ip-version',
    component: { kind: 'question', id: id ?? 'question' },
    facts: { source: from, destination: to },
  }
}

/** Both ends are known, and speak a common family. */
function meet(
  ground: Ground,
  question: Question,
  from: Endpoint,
  to: Endpoint,
  family: Family,
  names: Shown,
): QuestionResolution {
  const senders = sendersOf(ground, from, family)
  if (senders.kind === 'unaskable') return senders
  if (senders.kind === 'settled') return { ...senders, ...names }
  const receivers = receiversOf(ground, to, family, isOutside(from), question)
  if (receivers.kind === 'unaskable') return receivers
  if (receivers.kind === 'settled') return { ...receivers, ...names }
  return {
    kind: 'resolved',
    from: withAddress(ground, names.from, from, senders.source),
    to: withAddress(ground, names.to, to, receivers.ranges[0]?.low ?? -1),
    boxes: boxesOf(ground, question, family, senders, receivers),
  }
}

/** From outside to an address of nobody here; where addresses were not read it may be ours. */
function toStranger(fabric: Fabric, { address }: AddressEndpoint): Settlement {
  if (fabric.flags.publicsUnread && !address.includes(':')) return unlistedAddress(fabric, address)
  const component: Component = { kind: 'internet', id: 'internet' }
  return { kind: 'settled', code: 'address.not-ours', component, facts: { address } }
}

/** Whether an end is a host of the Internet, or all of them. */
export const isOutside = (end: Endpoint): boolean =>
  end.kind === 'internet' || (end.kind === 'address' && end.realm === 'public' && !end.owner)

function withAddress(
  { show }: Ground,
  component: Component,
  end: Endpoint,
  rank: number,
): Component & { readonly address?: string } {
  const { kind, id, name } = component
  if (end.kind !== 'address' && (end.kind === 'internet' || rank < 0)) return component
  const address = end.kind === 'address' ? end.address : show.address(rank)
  return name === undefined ? { kind, id, address } : { kind, id, name, address }
}
