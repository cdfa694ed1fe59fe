import type { LoadBalancer, Network, PortInterval, RuleProtocol } from '#model'
import { PROTOCOL } from '#net'

/** A protocol and, with TCP and UDP, a port that a network speaks of. */
export interface NamedService {
  /** IANA number. */
  readonly protocol: number
  /** Absent where the protocol has none. */
  readonly port?: number
}

/** Equal for equal services. */
export function serviceKey({ protocol, port }: NamedService): string {
  return `${protocol} ${port ?? ''}`
}

/** What the rules of a security group name. */
export function servicesOfGroup(network: Network, groupId: string): readonly NamedService[] {
  const group = (network.securityGroup ?? []).find(({ id }) => id === groupId)
  return (group?.rules ?? []).flatMap(({ protocol, ports }) => ofRule(protocol, ports))
}

/** What collectors saw listening in an instance. */
export function servicesOfGuest(network: Network, instanceId: string): readonly NamedService[] {
  const guest = (network.guests ?? []).find((item) => item.instanceId === instanceId)
  return (guest?.sockets ?? []).map(({ protocol, port }) => ({
    protocol: protocol === 'tcp' ? PROTOCOL.tcp : PROTOCOL.udp,
    port,
  }))
}

/** What the DNAT entries of a public address name; `to` absent: those of every address. */
export function servicesOfDoor(network: Network, to?: string): readonly NamedService[] {
  const entries = (network.natGateway ?? []).flatMap(({ dnat }) => dnat)
  return entries.flatMap(({ externalAddress, externalPort, internalPort, protocol }) => {
    const wanted = to === undefined || to === externalAddress
    if (!wanted || protocol === 'any') return []
    const number = protocol === 'udp' ? PROTOCOL.udp : PROTOCOL.tcp
    return [externalPort, internalPort].flatMap((ports) => (ports ? ofRule(number, [ports]) : []))
  })
}

/** What the listeners of a load balancer name. */
export function servicesOfBalancer({ listeners = [] }: LoadBalancer): readonly NamedService[] {
  return listeners.map(({ protocol, port }) => ({ protocol: PROTOCOL[protocol], port }))
}

/** What is asked of the servers behind it. */
function servicesBehind({ listeners = [] }: LoadBalancer): readonly NamedService[] {
  return listeners.flatMap(({ protocol, backends }) =>
    backends.map(({ port }) => ({ protocol: PROTOCOL[protocol], port })),
  )
}

/** Everything that rules, DNAT entries, listeners and sockets of a network name, what is named oftest first. */
export function namedServices(network: Network): readonly NamedService[] {
  const { securityGroup = [], networkAcl = [], loadBalancer = [], guests = [] } = network
  const all = [
    ...securityGroup.flatMap(({ id }) => servicesOfGroup(network, id)),
    ...networkAcl.flatMap(({ ingress, egress }) =>
      [...ingress, ...egress].flatMap(({ protocol, ports }) => ofRule(protocol, [ports])),
    ),
    ...servicesOfDoor(network),
    ...loadBalancer.flatMap((item) => [...servicesOfBalancer(item), ...servicesBehind(item)]),
    ...guests.flatMap(({ instanceId }) => servicesOfGuest(network, instanceId)),
  ]
  const counts = new Map<string, { readonly service: NamedService; count: number }>()
  for (const service of all) {
    const known = counts.get(serviceKey(service))
    if (known) known.count++
    else counts.set(serviceKey(service), { service, count: 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).map(({ service }) => service)
}

/** An interval of more ports than this speaks of no port in particular. */
const WIDE = 1000

function ofRule(protocol: RuleProtocol, ports: readonly PortInterval[]): NamedService[] {
  if (protocol === PROTOCOL.gre) return [{ protocol }]
  if (protocol !== PROTOCOL.tcp && protocol !== PROTOCOL.udp) return []
  return ports.flatMap(({ from, to }) =>
    to - from > WIDE || to < 1 ? [] : [{ protocol, port: Math.max(from, 1) }],
  )
}
