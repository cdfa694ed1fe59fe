import {
  type Fabric,
  isCutThrough,
  mapValue,
  ownerOf,
  PORT_FLAG,
  PORT_STATE,
  PUBLIC,
} from '#fabric'

/**
 * Which attachment points are plain: an interface in use, the only one of a running instance whose
 * operating system was not seen, with one IPv4 address and at most one EIP of its own. Nothing
 * about such a port can be in doubt. Of four words each, so that one cache line tells all.
 */
export const PLAIN = { address: 0, place: 1, members: 2, exit: 3 } as const

/** Bits of the word `place`, its subnet stands above them: how many groups, and whether they let out. */
export const PLACE = { groups: 15, letsOut: 16, subnet: 5 } as const

/** A port that is not plain has this for its place. */
export const NOT_PLAIN = -1

/** The words of every port. Cost: linear in the ports. */
export function plainPorts(fabric: Fabric): Int32Array {
  const { ports, groups } = fabric
  const words = new Int32Array(ports.count << 2).fill(NOT_PLAIN)
  const held = addressesHeld(fabric)
  for (let port = 0; port < ports.interfaces; port++) {
    const exit = exitOf(fabric, port)
    if (held[port] !== 1 || exit < -1 || !isSettled(fabric, port)) continue
    const set = ports.set[port]
    const first = groups.setOffsets[set]
    const count = groups.setOffsets[set + 1] - first
    if (count > PLACE.groups || groups.setUnread[set]) continue
    const letsOut = groups.setEgressAccept[set] ? PLACE.letsOut : 0
    const at = port << 2
    words[at + PLAIN.address] = ports.address4[port]
    words[at + PLAIN.place] = (ports.subnet[port] << PLACE.subnet) | letsOut | count
    words[at + PLAIN.members] = first
    words[at + PLAIN.exit] = exit
  }
  return words
}

/** How many IPv4 addresses each port has, whichever domain they are of. */
function addressesHeld({ owners, ports, line }: Fabric): Uint32Array {
  const held = new Uint32Array(ports.count)
  for (let at = 0; at < owners.offsets[line.starts4.length]; at++) {
    if (owners.ports[at] >= 0) held[owners.ports[at]]++
  }
  return held
}

const odd = PORT_FLAG.cutThrough | PORT_FLAG.checked | PORT_FLAG.addressUnread | PORT_FLAG.groupless

function isSettled(fabric: Fabric, port: number): boolean {
  const { ports, domains, subnets } = fabric
  const domain = ports.domain[port]
  const subnet = ports.subnet[port]
  const address = ports.address4[port]
  return (
    ports.state[port] === PORT_STATE.usable &&
    (ports.flags[port] & odd) === 0 &&
    domain >= 0 &&
    domain < domains.vpcs &&
    subnet >= 0 &&
    subnets.domain[subnet] === domain &&
    subnets.table[subnet] === ports.table[port] &&
    ports.table[port] >= 0 &&
    address >= 0 &&
    mapValue(fabric, domains.subnetMap[domain], address) === subnet &&
    ownerOf(fabric, domain, address) === port &&
    isAlone(fabric, port)
  )
}

/** The only interface of an instance that nobody looked into. */
function isAlone({ ports, instances }: Fabric, port: number): boolean {
  const { offsets, guest, system } = instances
  const instance = ports.instance[port]
  return (
    instance >= 0 &&
    offsets[instance + 1] - offsets[instance] === 1 &&
    guest[instance] < 0 &&
    system[instance] < 0
  )
}

/** The EIP of a port's address; -1 for none, less for anything but a single EIP that is translated. */
function exitOf(fabric: Fabric, port: number): number {
  const { ports, publics } = fabric
  const address = ports.address4[port]
  let exit = -1
  for (let at = ports.publicHead[port]; at >= 0; at = publics.next[at]) {
    if (publics.inside[at] !== address) continue
    if (exit >= 0 || publics.kind[at] !== PUBLIC.port || isCutThrough(fabric, at)) return -2
    exit = at
  }
  return exit
}
