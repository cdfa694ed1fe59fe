import { type Fabric, mapValue, ownerOf, publicOf, PORT_FLAG, rankFamily, rankOf } from '#fabric'
import type { AskedPacket } from '#analyzer'
import type { Network } from '#model'
import type { ConcreteQuestion } from './brute-force.ts'

/** The oracle's question in the fabric's numbers; undefined where the two cannot mean the same. */
export function askConcrete(
  fabric: Fabric,
  network: Network,
  question: ConcreteQuestion,
): AskedPacket | undefined {
  const destination = rankOf(fabric.line, question.to)
  if (destination === undefined) return undefined
  const start = startOf(fabric, network, question, destination)
  if (!start) return undefined
  const ported = question.protocol === 6 || question.protocol === 17
  return {
    ...start,
    sourceHigh: start.source,
    destination,
    destinationHigh: destination,
    protocol: question.protocol,
    sourcePort: ported ? question.sourcePort : 0,
    sourcePortHigh: ported ? question.sourcePort : 0,
    destinationPort: ported ? question.destinationPort : 0,
    destinationPortHigh: ported ? question.destinationPort : 0,
    target: -1,
    targetDomain: -1,
    outside: false,
    exit: -1,
  }
}

type Start = Pick<AskedPacket, 'instance' | 'port' | 'source'>

function startOf(
  fabric: Fabric,
  network: Network,
  { from }: ConcreteQuestion,
  destination: number,
): Start | undefined {
  const { ports, instances, line } = fabric
  const six = rankFamily(line, destination) === 6
  switch (from.kind) {
    case 'instance': {
      const position = (network.instance ?? []).findIndex(({ id }) => id === from.id)
      if (position < 0) return undefined
      const first = instances.offsets[position]
      if (first === instances.offsets[position + 1]) return undefined
      const port = instances.ports[first]
      if (!(ports.flags[port] & (PORT_FLAG.classicIntranet | PORT_FLAG.classicInternet)))
        return { instance: position, port: -1, source: -1 }
      return {
        instance: position,
        port: mapValue(fabric, fabric.privateSpace, destination) === 1 ? port : port + 1,
        source: -1,
      }
    }
    case 'networkInterface': {
      const port = (network.networkInterface ?? []).findIndex(({ id }) => id === from.id)
      const source = six ? ports.address6[port] : ports.address4[port]
      return port < 0 || source < 0 ? undefined : { instance: -1, port, source }
    }
    case 'address': {
      const source = rankOf(line, from.address)
      if (source === undefined || rankFamily(line, source) !== rankFamily(line, destination))
        return undefined
      return from.vpcId === undefined
        ? classicOrOutside(fabric, source, destination)
        : inVpc(fabric, network, from.vpcId, source)
    }
  }
}

function inVpc(fabric: Fabric, network: Network, vpcId: string, source: number): Start | undefined {
  const domain = (network.vpc ?? []).findIndex(({ id }) => id === vpcId)
  const port = ownerOf(fabric, domain, source)
  return port < 0 ? undefined : { instance: -1, port, source }
}

function classicOrOutside(fabric: Fabric, source: number, destination: number): Start | undefined {
  for (let domain = fabric.domains.vpcs; domain < fabric.domains.count; domain++) {
    const port = ownerOf(fabric, domain, source)
    if (port < 0) continue
    const inside = mapValue(fabric, fabric.privateSpace, destination) === 1
    return inside
      ? { instance: -1, port, source }
      : { instance: fabric.ports.instance[port], port: port + 1, source: -1 }
  }
  const own = publicOf(fabric, source) >= 0
  const bothOutside = publicOf(fabric, destination) < 0
  return own || bothOutside || mapValue(fabric, fabric.privateSpace, source) === 1
    ? undefined
    : { instance: -1, port: -1, source }
}
