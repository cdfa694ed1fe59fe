import {
  type Fabric,
  familyRange,
  mapValue,
  ownerOf,
  PUBLIC,
  publicOf,
  rangeOf,
  rankFamily,
  type RankRange,
  rankOf,
} from '#fabric'
import {
  type Component,
  type Endpoint,
  type NetworkIndex,
  type PublicEndpoint,
  type Question,
  type Resolution,
  resolveEndpoint,
} from '#model'
import { formatProtocol } from '#net'
import type { AskedPacket } from './asked-packet.ts'

/** A question in the fabric's numbers: the boxes of packets that it asks about. */
export interface ResolvedQuestion {
  readonly kind: 'resolved'
  readonly from: Component & { readonly address?: string }
  readonly to: Component & { readonly address?: string }
  readonly boxes: readonly AskedPacket[]
}

/** A question that has an answer without a walk: a refusal by the endpoint itself. */
export interface SettledQuestion {
  readonly kind: 'settled'
  readonly from: Component
  readonly to: Component
  readonly code: 'instance.no-interface' | 'query.no-common-ip-version' | 'query.same-endpoint' | 'address.not-assigned' | 'havip.no-master' | 'eip.not-bound' | 'eni.no-public-address' | 'query.unsupported-feature' | 'eip.bad-state'
  readonly component: Component
  readonly facts: Readonly<Record<string, string>>
}

/** A question that cannot be asked. */
export interface UnaskableQuestion {
  readonly kind: 'unaskable'
  readonly code: string
  readonly message: string
  readonly candidates?: readonly string[]
}

export type QuestionResolution = ResolvedQuestion | SettledQuestion | UnaskableQuestion

/** First ephemeral port of any operating system: what a client may send from (decision 0004). */
const EPHEMERAL = 1024
const LAST_PORT = 65535

export interface QuestionResolver {
  resolve(question: Question, suggest?: boolean): QuestionResolution
}

export function createQuestionResolver(
  fabric: Fabric,
  index: NetworkIndex,
  addressText: (rank: number) => string,
): QuestionResolver {
  const { network, line, ports, instances, publics } = fabric
  const outside = { 4: outsideRanges(fabric, 4), 6: outsideRanges(fabric, 6) }
  const protocols = namedProtocols(fabric)

  function resolve(question: Question, suggest = true): QuestionResolution {
    const options = question.scope === undefined ? { suggest } : { suggest, scope: question.scope }
    const from = resolveEndpoint(index, question.from, options)
    if (!isEndpoint(from)) return unaskable('from', question.from, from)
    const to = resolveTo(question, from, suggest)
    if (!isEndpoint(to)) return unaskable('to', question.to, to)
    return meet(question, from, to)
  }

  /** An address means what it means where the packet starts. */
  function resolveTo(question: Question, from: Endpoint, suggest: boolean): Resolution {
    const scope = question.scope ?? (isAddressText(question.to) ? vpcOf(from) : undefined)
    return resolveEndpoint(index, question.to, scope === undefined ? { suggest } : { suggest, scope })
  }

  function vpcOf(from: Endpoint): string | undefined {
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

  function meet(question: Question, from: Endpoint, to: Endpoint): QuestionResolution {
    const names = { from: componentOf(from), to: componentOf(to) }
    const settled = (code: SettledQuestion['code'], component: Component, facts: Readonly<Record<string, string>> = {}): SettledQuestion => ({
      kind: 'settled',
      ...names,
      code,
      component,
      facts,
    })
    if (sameThing(from, to)) return settled('query.same-endpoint', names.from)
    const boundary = [from, to].find((end) => end.kind === 'boundary')
    if (boundary) return settled('query.unsupported-feature', componentOf(boundary), { feature: boundary.kind === 'boundary' ? boundary.resourceKind : '' })
    const family = commonFamily(from, to)
    if (family === undefined) {
      return settled('query.no-common-ip-version', { kind: 'question', id: question.id ?? 'question' }, { source: question.from, destination: question.to })
    }
    const senders = sendersOf(from, family)
    if ('code' in senders) return senders.code === 'unaskable' ? senders.error : settled(senders.code, senders.component, senders.facts)
    const receivers = receiversOf(to, family, isOutside(from), question)
    if ('code' in receivers) return receivers.code === 'unaskable' ? receivers.error : settled(receivers.code, receivers.component, receivers.facts)
    if (isOutside(from) && receivers.outside) {
      return { kind: 'unaskable', code: 'question.outside', message: 'Both ends are outside this network: one of them must be a resource of it.' }
    }
    return {
      kind: 'resolved',
      from: withAddress(names.from, from, senders.source),
      to: withAddress(names.to, to, receivers.ranges[0]?.low ?? -1),
      boxes: boxesOf(question, family, senders, receivers),
    }
  }

  interface Senders {
    readonly instance: number
    readonly port: number
    readonly source: number
    readonly ranges: readonly RankRange[]
  }

  interface Receivers {
    readonly ranges: readonly RankRange[]
    readonly target: number
    readonly targetDomain: number
    readonly outside: boolean
  }

  type Failure =
    | { readonly code: SettledQuestion['code']; readonly component: Component; readonly facts: Readonly<Record<string, string>> }
    | { readonly code: 'unaskable'; readonly error: UnaskableQuestion }

  const from = (port: number, source: number): Senders => ({ instance: -1, port, source, ranges: [{ low: source, high: source }] })

  function notASource(id: string, why: string): Failure {
    return { code: 'unaskable', error: { kind: 'unaskable', code: 'question.not-a-source', message: `No connection starts at ${id}: ${why}` } }
  }

  function sendersOf(end: Endpoint, family: 4 | 6): Senders | Failure {
    switch (end.kind) {
      case 'internet':
        return { instance: -1, port: -1, source: -1, ranges: outside[family] }
      case 'instance':
        return instanceSender(end.instance.classic !== undefined, fabric.find.instance(end.instance), componentOf(end))
      case 'networkInterface': {
        const port = fabric.find.port(end.networkInterface)
        return from(port, family === 4 ? ports.address4[port] : ports.address6[port])
      }
      case 'haVip':
        return haVipSender(end.haVip.address, end.haVip.id)
      case 'cloudService':
        return notASource(end.cloudService.id, 'it is a service that answers.')
      case 'boundary':
        return { code: 'query.unsupported-feature', component: componentOf(end), facts: { feature: end.resourceKind } }
      case 'address':
        return addressSender(end)
    }
  }

  function instanceSender(classic: boolean, instance: number, component: Component): Senders | Failure {
    const first = instances.offsets[instance]
    if (first === instances.offsets[instance + 1]) return { code: 'instance.no-interface', component, facts: {} }
    // A classic instance chooses between its two NICs by the destination, which is not known here.
    if (classic) return { instance, port: instances.ports[first], source: -1, ranges: [{ low: -1, high: -1 }] }
    return { instance, port: -1, source: -1, ranges: [{ low: -1, high: -1 }] }
  }

  function haVipSender(address: string, id: string): Senders | Failure {
    const rank = rankOf(line, address) ?? -1
    const vip = network.haVip?.find((item) => item.id === id)
    const subnet = network.subnet?.find((item) => item.id === vip?.subnetId)
    const domain = subnet && vip ? (network.vpc ?? []).findIndex(({ id: vpc }) => vpc === subnet.vpcId) : -1
    const port = ownerOf(fabric, domain, rank)
    return port < 0 ? { code: 'havip.no-master', component: { kind: 'haVip', id }, facts: { address } } : from(port, rank)
  }

  function addressSender(end: Extract<Endpoint, { kind: 'address' }>): Senders | Failure {
    const rank = rankOf(line, end.address) ?? -1
    switch (end.realm) {
      case 'vpc': {
        if (end.owner?.kind === 'networkInterface') return from(fabric.find.port(end.owner.networkInterface), rank)
        if (end.owner?.kind === 'haVip') return haVipSender(end.address, end.owner.haVip.id)
        if (end.owner) return notASource(end.address, 'it is a service that answers.')
        return { code: 'address.not-assigned', component: { kind: 'vpc', id: end.vpc.id }, facts: { address: end.address, vpc: end.vpc.id } }
      }
      case 'classic':
        return from(instances.ports[instances.offsets[fabric.find.instance(end.owner)]], rank)
      case 'public':
        return publicSender(end, rank)
      case 'provider':
        return notASource(end.address, 'it is a service of the provider.')
      case 'beyond':
        return notASource(end.address, `it is not an address of ${end.vpc.id} or of anything in this network.`)
    }
  }

  /** Behind a public address of the network stands the resource that it is bound to. */
  function publicSender(end: PublicEndpoint, rank: number): Senders | Failure {
    const at = publicOf(fabric, rank)
    if (!end.owner || at < 0) return { instance: -1, port: -1, source: rank, ranges: [{ low: rank, high: rank }] }
    const kind = publics.kind[at]
    if (kind === PUBLIC.port || kind === PUBLIC.classic) return from(publics.port[at], publics.inside[at])
    const component = componentOf(end)
    if (kind === PUBLIC.unbound) return { code: 'eip.not-bound', component, facts: { address: end.address } }
    if (kind === PUBLIC.badState) return { code: 'eip.bad-state', component, facts: { address: end.address, state: 'unknown' } }
    return notASource(end.address, 'no interface sends with it by itself; ask from the instance behind it.')
  }

  const one = (rank: number, target: number): Receivers => ({
    ranges: [{ low: rank, high: rank }],
    target,
    targetDomain: target < 0 ? -1 : ports.domain[target],
    outside: false,
  })

  function receiversOf(end: Endpoint, family: 4 | 6, called: boolean, question: Question): Receivers | Failure {
    switch (end.kind) {
      case 'internet':
        return { ranges: outside[family], target: -1, targetDomain: -1, outside: true }
      case 'instance':
        return instanceReceiver(fabric.find.instance(end.instance), family, called, componentOf(end), question)
      case 'networkInterface': {
        const port = fabric.find.port(end.networkInterface)
        return called ? publicReceiver([port], family, componentOf(end), question) : one(family === 4 ? ports.address4[port] : ports.address6[port], port)
      }
      case 'haVip': {
        const rank = rankOf(line, end.haVip.address) ?? -1
        return called ? publicOfInside(rank, componentOf(end), question) : one(rank, -1)
      }
      case 'cloudService': {
        const range = rangeOf(line, end.cloudService.cidrs[0] ?? '')
        return { ranges: range ? [range] : [], target: -1, targetDomain: -1, outside: false }
      }
      case 'boundary':
        return { code: 'query.unsupported-feature', component: componentOf(end), facts: { feature: end.resourceKind } }
      case 'address': {
        const rank = rankOf(line, end.address) ?? -1
        return { ...one(rank, -1), outside: end.realm === 'public' && !end.owner && rankFamily(line, rank) === 4 && publicOf(fabric, rank) < 0 }
      }
    }
  }

  function instanceReceiver(instance: number, family: 4 | 6, called: boolean, component: Component, question: Question): Receivers | Failure {
    const own = [...instances.ports.subarray(instances.offsets[instance], instances.offsets[instance + 1])]
    const [first] = own
    if (first === undefined) return { code: 'instance.no-interface', component, facts: {} }
    if (called) return publicReceiver(own, family, component, question)
    return one(family === 4 ? ports.address4[first] : ports.address6[first], first)
  }

  /** Called from the Internet, a resource is known by its public address. */
  function publicReceiver(own: readonly number[], family: 4 | 6, component: Component, question: Question): Receivers | Failure {
    for (const port of own) {
      for (let at = ports.publicHead[port]; at >= 0; at = publics.next[at]) {
        if (rankFamily(line, publics.rank[at]) === family && at < publics.addresses) return one(publics.rank[at], port)
      }
    }
    for (const port of own) {
      const found = publicOfInside(ports.address4[port], component, question, ports.domain[port])
      if (!('code' in found)) return { ...found, target: port, targetDomain: ports.domain[port] }
    }
    return { code: 'eni.no-public-address', component, facts: { destination: question.to } }
  }

  /** A DNAT entry or a bound EIP that leads to an inside address. */
  function publicOfInside(inside: number, component: Component, question: Question, domain = -1): Receivers | Failure {
    for (let at = 0; at < publics.addresses; at++) {
      if (publics.kind[at] === PUBLIC.port && publics.inside[at] === inside && (domain < 0 || ports.domain[publics.port[at]] === domain)) {
        return one(publics.rank[at], -1)
      }
    }
    for (const [nat, gateway] of (network.natGateway ?? []).entries()) {
      if (domain >= 0 && fabric.nats.domain[nat] !== domain) continue
      for (const entry of gateway.dnat) {
        const port = question.port ?? 0
        const fits = entry.protocol === 'any' || port === 0 || (entry.internalPort?.from ?? port) <= port && port <= (entry.internalPort?.to ?? port)
        if (fits && rankOf(line, entry.internalAddress) === inside) return one(rankOf(line, entry.externalAddress) ?? -1, -1)
      }
    }
    return { code: 'eni.no-public-address', component, facts: { destination: question.to } }
  }

  function boxesOf(question: Question, family: 4 | 6, senders: Senders, receivers: Receivers): AskedPacket[] {
    const wanted = question.protocol === 'any' ? protocols[family] : [protocolNumber(question.protocol, family)]
    return wanted.flatMap((protocol) =>
      senders.ranges.flatMap((source) =>
        receivers.ranges.map((destination) => box(question, protocol, senders, source, receivers, destination)),
      ),
    )
  }

  function box(question: Question, protocol: number, senders: Senders, source: RankRange, receivers: Receivers, destination: RankRange): AskedPacket {
    const ported = protocol === 6 || protocol === 17
    return {
      instance: senders.instance,
      port: classicNic(senders, destination.low),
      source: source.low,
      sourceHigh: source.high,
      destination: destination.low,
      destinationHigh: destination.high,
      protocol,
      sourcePort: ported ? (question.sourcePort ?? EPHEMERAL) : 0,
      sourcePortHigh: ported ? (question.sourcePort ?? LAST_PORT) : 0,
      destinationPort: ported ? (question.port ?? 1) : 0,
      destinationPortHigh: ported ? (question.port ?? LAST_PORT) : 0,
      target: receivers.target,
      targetDomain: receivers.targetDomain,
      outside: receivers.outside,
    }
  }

  function classicNic(senders: Senders, destination: number): number {
    if (senders.port < 0 || senders.port < ports.interfaces || senders.instance < 0) return senders.port
    return mapValue(fabric, fabric.privateSpace, destination) === 1 ? senders.port : senders.port + 1
  }

  function commonFamily(a: Endpoint, b: Endpoint): 4 | 6 | undefined {
    const families = ([4, 6] as const).filter((family) => speaks(a, family) && speaks(b, family))
    return families[0]
  }

  function speaks(end: Endpoint, family: 4 | 6): boolean {
    switch (end.kind) {
      case 'internet':
        return true
      case 'instance': {
        const instance = fabric.find.instance(end.instance)
        const own = instances.ports.subarray(instances.offsets[instance], instances.offsets[instance + 1])
        return own.length === 0 || own.some((port) => (family === 4 ? ports.address4[port] : ports.address6[port]) >= 0)
      }
      case 'networkInterface': {
        const port = fabric.find.port(end.networkInterface)
        return (family === 4 ? ports.address4[port] : ports.address6[port]) >= 0
      }
      case 'haVip':
        return (end.haVip.address.includes(':') ? 6 : 4) === family
      case 'address':
        return (end.address.includes(':') ? 6 : 4) === family
      case 'cloudService':
        return (end.cloudService.cidrs[0]?.includes(':') ? 6 : 4) === family
      case 'boundary':
        return true
    }
  }

  function withAddress(component: Component, end: Endpoint, rank: number): Component & { readonly address?: string } {
    if (end.kind === 'address') return { ...component, address: end.address }
    if (end.kind === 'internet' || rank < 0) return component
    return { ...component, address: addressText(rank) }
  }

  return { resolve }

  function isOutside(end: Endpoint): boolean {
    return end.kind === 'internet' || (end.kind === 'address' && end.realm === 'public' && !end.owner)
  }

  function sameThing(a: Endpoint, b: Endpoint): boolean {
    if (a.kind === 'internet' || b.kind === 'internet') return a.kind === b.kind
    const first = componentOf(a)
    const second = componentOf(b)
    return first.kind === second.kind && first.id === second.id
  }
}

/** Ranks of a family outside every private range and every VPC's own ranges. */
function outsideRanges(fabric: Fabric, family: 4 | 6): RankRange[] {
  const inside = (fabric.network.vpc ?? []).flatMap((vpc) => (family === 4 ? vpc.cidrs : (vpc.ipv6Cidrs ?? [])))
  const taken = inside.flatMap((cidr) => rangeOf(fabric.line, cidr) ?? [])
  const { low, high } = familyRange(fabric.line, family)
  const ranges: RankRange[] = []
  let start = -1
  for (let rank = low; rank <= high + 1; rank++) {
    const free = rank <= high && mapValue(fabric, fabric.privateSpace, rank) !== 1 && !taken.some((range) => range.low <= rank && rank <= range.high)
    if (free && start < 0) start = rank
    if (!free && start >= 0) {
      ranges.push({ low: start, high: rank - 1 })
      start = -1
    }
  }
  return ranges
}

/** Protocols that some rule names, TCP and UDP, and one that no rule names. */
function namedProtocols({ rules }: Fabric): { readonly 4: readonly number[]; readonly 6: readonly number[] } {
  const named = new Set([6, 17, 1, 47, 58])
  for (let entry = 0; entry < rules.keys.length; entry++) {
    const protocol = rules.words[entry * 4 + 1] & 0x1ff
    if (protocol < 256) named.add(protocol)
  }
  let other = 253
  while (named.has(other) && other > 0) other--
  named.add(other)
  const of = (foreign: number): number[] => [...named].filter((protocol) => protocol !== foreign).sort((a, b) => a - b)
  return { 4: of(58), 6: of(1) }
}

function protocolNumber(protocol: Exclude<Question['protocol'], 'any'>, family: 4 | 6): number {
  switch (protocol) {
    case 'tcp':
      return 6
    case 'udp':
      return 17
    case 'icmp':
      return family === 4 ? 1 : 58
    case 'gre':
      return 47
    default:
      return protocol
  }
}

/** Text of the protocol a question asks about. */
export const protocolText = (protocol: Question['protocol']): string =>
  typeof protocol === 'number' ? formatProtocol(protocol) : protocol

const isAddressText = (text: string): boolean => /^[0-9a-f:.]+$/i.test(text) && /[.:]/.test(text)

const isEndpoint = (resolution: Resolution): resolution is Endpoint =>
  !['not-found', 'ambiguous', 'not-an-endpoint', 'unread', 'unknown-scope'].includes(resolution.kind)

/** The component an endpoint is shown as. */
export function componentOf(end: Endpoint): Component {
  const named = (kind: Component['kind'], { id, name }: { readonly id: string; readonly name?: string }): Component =>
    name === undefined ? { kind, id } : { kind, id, name }
  switch (end.kind) {
    case 'internet':
      return { kind: 'internet', id: 'internet' }
    case 'instance':
      return named('instance', end.instance)
    case 'networkInterface':
      return named('networkInterface', end.networkInterface)
    case 'haVip':
      return named('haVip', end.haVip)
    case 'cloudService':
      return named('cloudService', end.cloudService)
    case 'boundary':
      return named(end.resourceKind, end.boundary)
    case 'address':
      return addressComponent(end)
  }
}

function addressComponent(end: Extract<Endpoint, { kind: 'address' }>): Component {
  switch (end.realm) {
    case 'vpc':
      if (end.owner?.kind === 'networkInterface') return { kind: 'networkInterface', id: end.owner.networkInterface.id }
      if (end.owner?.kind === 'haVip') return { kind: 'haVip', id: end.owner.haVip.id }
      return { kind: 'vpc', id: end.vpc.id }
    case 'classic':
      return { kind: 'instance', id: end.owner.id }
    case 'provider':
      return { kind: 'service', id: end.address }
    case 'public':
      if (end.owner?.kind === 'publicAddress') return { kind: 'publicAddress', id: end.owner.publicAddress.id }
      return end.owner ? { kind: 'instance', id: end.owner.instance.id } : { kind: 'internet', id: 'internet' }
    case 'beyond':
      return { kind: 'internet', id: 'beyond' }
  }
}

function unaskable(side: 'from' | 'to', text: string, resolution: Exclude<Resolution, Endpoint>): UnaskableQuestion {
  const said = `${side} "${text.slice(0, 80)}"`
  switch (resolution.kind) {
    case 'not-found': {
      const hint = resolution.near.length > 0 ? ` Did you mean ${resolution.near.join(' or ')}?` : ''
      const unread = resolution.gaps[0] ? ` It may be in what was not read: ${resolution.gaps.map(({ call }) => call).join(', ')}.` : ''
      return { kind: 'unaskable', code: 'question.not-found', message: `${said} is not an id, a unique name or an address of this network.${hint}${unread}`, candidates: resolution.near }
    }
    case 'ambiguous': {
      const candidates = resolution.candidates.map((end) => candidateText(end))
      return { kind: 'unaskable', code: 'question.ambiguous', message: `${said} fits ${resolution.count} things (${candidates.slice(0, 5).join(', ')}); name one by its id, or give a scope.`, candidates }
    }
    case 'not-an-endpoint':
      return { kind: 'unaskable', code: 'question.not-an-endpoint', message: `${said} is a ${resolution.resourceKind}: packets neither start nor end there.` }
    case 'unread':
      return { kind: 'unaskable', code: 'question.unread', message: `${said} was not read; the call that supplies it is ${resolution.gap.call}.` }
    case 'unknown-scope':
      return { kind: 'unaskable', code: 'question.unknown-scope', message: `The scope is not the id of a VPC of this network.${resolution.near.length > 0 ? ` Did you mean ${resolution.near.join(' or ')}?` : ''}`, candidates: resolution.near }
  }
}

function candidateText(end: Endpoint): string {
  const { id } = componentOf(end)
  return end.kind === 'address' && end.realm === 'vpc' ? `${id} in ${end.vpc.id}` : id
}
