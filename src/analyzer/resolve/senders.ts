import { type Fabric, ownerOf, PUBLIC, publicOf, rankFamily, type RankRange, rankOf } from '#fabric'
import type { BoundaryEndpoint, Endpoint, HaVip, PublicEndpoint, VpcAddress } from '#model'
import { unassigned, withoutInterface, withoutMaster } from './absent.ts'
import { componentOf } from './endpoint-component.ts'
import { exitOf, rangesBehind } from './exit-sender.ts'
import { addressIn, firstPortOf } from './family.ts'
import type { Family, Ground } from './ground.ts'
import type { Settlement, UnaskableQuestion } from './question-resolution.ts'
import { notASource } from './unaskable.ts'

/** Where the packets of a question start; as in `AskedPacket`, -1 is open or none. */
export interface Senders {
  readonly kind: 'senders'
  readonly instance: number
  readonly port: number
  readonly source: number
  /** The exit they come in by from the customer's side; -1. */
  readonly exit: number
  readonly ranges: readonly RankRange[]
}

/** Who sends, or why nobody can. */
export function sendersOf(
  ground: Ground,
  end: Endpoint,
  family: Family,
): Senders | Settlement | UnaskableQuestion {
  switch (end.kind) {
    case 'internet':
      return senders(-1, -1, -1, ground.outside[family])
    case 'instance':
      return instanceSender(ground, end)
    case 'networkInterface': {
      const port = ground.fabric.find.port(end.networkInterface)
      return sender(port, addressIn(ground, port, family))
    }
    case 'haVip':
      return haVipSender(ground, end.haVip)
    case 'cloudService':
      return notASource(end.cloudService.id, 'it is a service that answers.')
    case 'boundary':
      if (end.resourceKind === 'loadBalancer') return noBalancerStarts(end.boundary.id)
      if (exitOf(ground.fabric, end) >= 0) return exitSender(ground, end, family)
      return {
        kind: 'settled',
        code: 'query.unsupported-feature',
        component: componentOf(end),
        facts: { feature: end.resourceKind },
      }
    case 'address':
      return addressSender(ground, end)
  }
}

const senders = (
  instance: number,
  port: number,
  source: number,
  ranges: readonly RankRange[] = [{ low: source, high: source }],
): Senders => ({ kind: 'senders', instance, port, source, exit: -1, ranges })

/** Whoever is on the customer's side of a VPN gateway or line. */
const exitSender = (ground: Ground, end: BoundaryEndpoint, family: Family): Senders => ({
  ...senders(-1, -1, -1, rangesBehind(ground, exitOf(ground.fabric, end), family)),
  exit: exitOf(ground.fabric, end),
})

const sender = (port: number, source: number): Senders => senders(-1, port, source)

/** The guest chooses the interface; a classic one between two NICs, by the destination. */
function instanceSender(
  ground: Ground,
  end: Extract<Endpoint, { kind: 'instance' }>,
): Senders | Settlement {
  const instance = ground.fabric.find.instance(end.instance)
  const first = firstPortOf(ground, instance)
  if (first >= 0) return senders(instance, end.instance.classic ? first : -1, -1)
  return withoutInterface(ground, end.instance, componentOf(end))
}

function haVipSender(ground: Ground, vip: HaVip): Senders | Settlement {
  const { fabric, index } = ground
  const { network, line } = fabric
  const rank = rankOf(line, vip.address) ?? -1
  const subnet = index.get('subnet', vip.subnetId, vip)
  const domain = (network.vpc ?? []).findIndex(
    (vpc) => typeof subnet === 'object' && vpc.id === subnet.vpcId,
  )
  const port = ownerOf(fabric, domain, rank)
  if (port >= 0) return sender(port, rank)
  return withoutMaster(ground, vip)
}

function addressSender(
  ground: Ground,
  end: Extract<Endpoint, { kind: 'address' }>,
): Senders | Settlement | UnaskableQuestion {
  const { line, find, instances } = ground.fabric
  const rank = rankOf(line, end.address) ?? -1
  switch (end.realm) {
    case 'vpc':
      return vpcSender(ground, end, rank)
    case 'classic':
      return sender(instances.ports[instances.offsets[find.instance(end.owner)]], rank)
    case 'public':
      return publicSender(ground, end, rank)
    case 'provider':
      return notASource(end.address, 'it is a service of the provider.')
    case 'beyond': {
      const why = `it is not an address of ${end.vpc.id} or of anything in this network.`
      return notASource(end.address, why)
    }
  }
}

function vpcSender(
  ground: Ground,
  end: VpcAddress,
  rank: number,
): Senders | Settlement | UnaskableQuestion {
  const { address, owner } = end
  switch (owner?.kind) {
    case 'networkInterface':
      return sender(ground.fabric.find.port(owner.networkInterface), rank)
    case 'haVip':
      return haVipSender(ground, owner.haVip)
    case 'cloudService':
      return notASource(address, 'it is a service that answers.')
    case 'loadBalancer':
      return noBalancerStarts(owner.loadBalancer.id)
    case undefined:
      return unassigned(ground, end)
  }
}

const noBalancerStarts = (id: string): UnaskableQuestion =>
  notASource(id, 'a load balancer answers, and starts none.')

/** Where public addresses were not read, a stranger's may be one of ours. */
export function unlistedAddress({ network }: Fabric, address: string): Settlement {
  const gap = network.gaps?.find(({ kind }) => kind === 'publicAddress' || kind === 'instance')
  return {
    kind: 'settled',
    code: 'query.input-missing',
    component: { kind: 'publicAddress', id: address },
    facts: {
      missing: gap?.kind ?? 'publicAddress',
      call: gap?.call ?? 'any that describes public addresses',
    },
  }
}

/** Behind a public address of the network stands the resource that it is bound to. */
function publicSender(
  { fabric }: Ground,
  end: PublicEndpoint,
  rank: number,
): Senders | Settlement | UnaskableQuestion {
  const { publics } = fabric
  const { address } = end
  const at = publicOf(fabric, rank)
  if ((!end.owner || at < 0) && fabric.flags.publicsUnread && rankFamily(fabric.line, rank) === 4) {
    return unlistedAddress(fabric, address)
  }
  if (!end.owner || at < 0) return sender(-1, rank)
  const component = componentOf(end)
  switch (publics.kind[at]) {
    case PUBLIC.port:
    case PUBLIC.classic:
      return sender(publics.port[at], publics.inside[at])
    case PUBLIC.unbound:
      return { kind: 'settled', code: 'eip.not-bound', component, facts: { address } }
    case PUBLIC.badState: {
      const facts = { address, state: 'unknown' }
      return { kind: 'settled', code: 'eip.bad-state', component, facts }
    }
    default: {
      const why = 'no interface sends with it by itself; ask from the instance behind it.'
      return notASource(address, why)
    }
  }
}
