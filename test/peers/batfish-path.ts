import type { Answer, Hop, LegName, Network, Stage, Subnet } from '#model'

/**
 * The stops of a leg as Batfish counts them: subnets, VPCs and gateways are stops of their own, the
 * backbone lies between a gateway and the Internet, and the walk ends at the first refusal.
 */
export function batfishPath(
  network: Network,
  { hops, findings, legs }: Answer,
  leg: LegName,
): string[] {
  const codes = findings.map(({ code }) => code)
  if (codes.includes('address.not-ours')) return ['internet', 'aws-backbone']
  if (hops.length === 0) return ['internet']
  const own = hops.filter((hop) => hop.leg === leg)
  const refused = own.findIndex(({ stages }) => stages.some(isRefusal))
  const walked = refused < 0 ? own : own.slice(0, refused + 1)
  const stops = walked.flatMap((hop, nth) => {
    const before = walked[nth - 1]
    return before
      ? [...between(network, before, hop), nameOf(network, hop)]
      : [nameOf(network, hop)]
  })
  const last = walked.at(-1)
  // A missing route is no stage of its own: the walk ends where it was looked for.
  if (last && refused < 0 && legs[leg] === 'refused')
    return [...stops, ...[subnetOf(network, last)?.id ?? []].flat()]
  return last && refused >= 0 ? [...stops, ...behind(network, last)] : stops
}

const isRefusal = ({ decision }: Stage): boolean => decision === 'refuse'

function subnetOf(network: Network, { address }: Hop): Subnet | undefined {
  const eni = network.networkInterface?.find(({ addresses }) =>
    addresses.some((one) => one === address),
  )
  return network.subnet?.find(({ id }) => id === eni?.subnetId)
}

function between(network: Network, from: Hop, to: Hop): readonly string[] {
  const here = subnetOf(network, from)
  const there = subnetOf(network, to)
  if (here && there) return inside(here, there, from.at.kind, to.at.kind)
  if (here)
    return to.at.kind === 'internet'
      ? [here.id, here.vpcId, ...outside(network, here)]
      : [here.id, here.vpcId]
  if (!there) return []
  const way = [there.vpcId, there.id]
  return from.at.kind === 'internet' ? [...outside(network, there).toReversed(), ...way] : way
}

/** A NAT gateway hangs on its VPC from inside; a load balancer always leaves by its subnet. */
function inside(here: Subnet, there: Subnet, from: string, to: string): readonly string[] {
  if (here === there) return from === 'loadBalancer' || to === 'loadBalancer' ? [here.id] : []
  if (to === 'natGateway') return [here.id, here.vpcId]
  if (from === 'natGateway') return [here.vpcId, there.id]
  return [here.id, here.vpcId, there.id]
}

function outside(network: Network, { vpcId }: Subnet): readonly string[] {
  const gateway = network.internetGateway?.find((one) => one.vpcId === vpcId)
  return [gateway?.id ?? 'no gateway', 'aws-backbone']
}

/** How far a packet came that was refused on its way out of a stop. */
function behind(network: Network, hop: Hop): readonly string[] {
  const here = subnetOf(network, hop)
  const refusing = hop.stages.find(isRefusal)
  if (!here || !refusing) return []
  if (refusing.component.kind === 'internetGateway')
    return [here.id, here.vpcId, refusing.component.id]
  if (refusing.stage === 'route' || refusing.component.kind === 'transitRouter') return [here.id]
  return refusing.stage === 'deliver' && refusing.component.kind === 'vpc'
    ? [here.id, here.vpcId]
    : []
}

function nameOf(network: Network, hop: Hop): string {
  const { kind, id } = hop.at
  if (kind === 'loadBalancer') {
    const [, name, suffix] = /net\/([^/]+)\/([^/]+)$/.exec(id) ?? []
    return `lb:${name}-${suffix}@${subnetOf(network, hop)?.zone ?? 'nowhere'}`
  }
  const line = kind === 'line' ? network.line?.find((one) => one.id === id) : undefined
  if (line?.medium === 'direct' && line.attachedTo === undefined) return `dxgw-${id}`
  return line ? 'onprem' : id
}
