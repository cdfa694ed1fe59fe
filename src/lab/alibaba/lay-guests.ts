import type { Component, Guest } from '#model'
import type { PlanDraft, SpaceDraft } from '../plan-draft.ts'
import type { GuestAddresses } from './guest-address.ts'
import { ROUTER6 } from './gateway-address.ts'
import { layBalancedClients } from './lay-balanced-clients.ts'
import { HYPERVISOR, nicDevices } from './lay-hypervisor.ts'
import { laySeenRoutes } from './lay-seen-routes.ts'
import type { GuestPlace, NicPlace, Survey } from './survey.ts'

/** Tables of a guest that was not seen, one an interface, and of questions that name a device. */
const OWN_TABLE = 1000
const DEVICE_TABLE = 3000

/** Marks of packets that a question sends by a certain interface, by its place in the guest. */
const DEVICE_MARK = 0x48_57_00_00

/** Instances: their interfaces, addresses, routes and firewalls. */
export function layGuests(
  plan: PlanDraft,
  survey: Survey,
  addressesOf: (nic: NicPlace) => GuestAddresses,
): void {
  for (const guest of survey.guests) layGuest(plan, survey, guest, addressesOf)
}

function layGuest(
  plan: PlanDraft,
  survey: Survey,
  guest: GuestPlace,
  addressesOf: (nic: NicPlace) => GuestAddresses,
): void {
  const { instance, seen } = guest
  const space = plan.space(guest.space, 'guest', { kind: 'instance', id: instance.id })
  const devices = deviceNames(guest)
  setGuest(space, guest, devices)
  space.ip('link set lo up')
  guest.nics.forEach((nic, nth) => {
    const device = devices[nth] ?? ''
    layNic(plan, space, nic, device, addressesOf(nic))
    layNeighbours(space, survey, nic, device, addressesOf)
    layBalancedClients(space, survey, nic, device)
    layDeviceTable(space, nic, device, nth)
  })
  if (seen?.routes) laySeenRoutes(space, guest, seen, devices)
  else layOwnRoutes(space, guest, devices, addressesOf)
  loadFirewall(space, seen)
  if (seen?.sockets) space.listen(seen.sockets)
}

/** What the operating system calls them, where that was seen; the kernel's usual names elsewhere. */
function deviceNames({ nics, seen }: GuestPlace): string[] {
  return nics.map(({ eni }, nth) => {
    const known = seen?.devices?.find(({ networkInterfaceId }) => networkInterfaceId === eni.id)
    return known?.name ?? `eth${nth}`
  })
}

const reversePath = { off: 0, strict: 1, loose: 2 } as const

function setGuest(space: SpaceDraft, { seen, nics }: GuestPlace, devices: readonly string[]): void {
  // A guest that was not seen is taken for set up by the book, and a next hop forwards.
  const forward = seen?.ipForward === false ? 0 : 1
  space.set('net/ipv4/ip_forward', forward)
  space.set('net/ipv6/conf/all/disable_ipv6', 0)
  space.set('net/ipv6/conf/default/disable_ipv6', 0)
  space.set('net/ipv6/conf/all/forwarding', forward)
  space.set('net/ipv6/conf/default/accept_dad', 0)
  space.set('net/ipv6/conf/default/accept_ra', 0)
  space.set('net/ipv4/conf/all/rp_filter', 0)
  space.set('net/ipv4/conf/default/rp_filter', 0)
  for (const scope of ['all', 'default']) {
    space.set(`net/ipv4/conf/${scope}/send_redirects`, 0)
    space.set(`net/ipv4/conf/${scope}/accept_redirects`, 0)
  }
  nics.forEach(({ eni }, nth) => {
    // Whoever has no neighbour to send to learns so within a fraction of a second.
    space.setDevice(`net/ipv4/neigh/${devices[nth]}/retrans_time_ms`, 50)
    const known = seen?.devices?.find(({ networkInterfaceId }) => networkInterfaceId === eni.id)
    const filter = known?.reversePathFilter
    if (filter !== undefined) {
      space.setDevice(`net/ipv4/conf/${devices[nth]}/rp_filter`, reversePath[filter])
    }
  })
}

function componentOf({ eni }: NicPlace): Component {
  return { kind: 'networkInterface', id: eni.id }
}

function layNic(
  plan: PlanDraft,
  space: SpaceDraft,
  nic: NicPlace,
  device: string,
  addresses: GuestAddresses,
): void {
  const of = componentOf(nic)
  const { guest, uplink } = nicDevices(nic)
  const port = `p${nic.nth}`
  plan.cable(of, { space: space.name, device, mac: nic.mac }, { space: HYPERVISOR, device: guest })
  plan.cable(of, { space: HYPERVISOR, device: uplink }, { space: nic.vpc.space, device: port })
  space.ip(`link set ${device} addrgenmode none up`, of)
  // /32 and /128: which neighbours there are is said by routes, so that it can be said otherwise.
  for (const address of [...addresses.ipv4, ...addresses.haVips]) {
    space.ip(`addr add ${address}/32 dev ${device}`, of)
  }
  for (const address of addresses.ipv6) space.ip(`addr add ${address}/128 dev ${device} nodad`, of)
  if (addresses.ipv6.length > 0) {
    space.ip(`addr add fe80::${(nic.nth + 256).toString(16)}/64 dev ${device} nodad`, of)
  }
  const { mac } = nic.subnet
  space.ip(`neigh add ${nic.subnet.gateway} lladdr ${mac} dev ${device} nud permanent`, of)
  space.ip(`neigh add ${ROUTER6} lladdr ${mac} dev ${device} nud permanent`, of)
}

/** IPv6 neighbours are told: the fabric answers for IPv4 (proxy ARP), and nothing does for IPv6. */
function layNeighbours(
  space: SpaceDraft,
  survey: Survey,
  nic: NicPlace,
  device: string,
  addressesOf: (nic: NicPlace) => GuestAddresses,
): void {
  if (nic.subnet.subnet.ipv6Cidr === undefined) return
  for (const other of survey.nics) {
    if (other === nic || other.subnet !== nic.subnet) continue
    for (const address of addressesOf(other).ipv6) {
      space.ip(
        `neigh add ${address} lladdr ${other.mac} dev ${device} nud permanent`,
        componentOf(other),
      )
    }
  }
}

/**
 * Where a question names an interface, its packets leave by it whatever the tables say. A mark does
 * that; a socket bound to the device would also be deaf to answers that come in by another one.
 */
export function markOfDevice(nth: number): number {
  return DEVICE_MARK + nth
}

function layDeviceTable(space: SpaceDraft, nic: NicPlace, device: string, nth: number): void {
  const table = DEVICE_TABLE + nth
  for (const route of wholeWorld(nic, device)) {
    space.ip(`route add ${route} table ${table}`, componentOf(nic))
  }
  const mark = markOfDevice(nth)
  space.ip(`rule add pref 10 fwmark ${mark} lookup ${table}`, componentOf(nic))
  if (nic.subnet.subnet.ipv6Cidr === undefined) return
  space.ip6(`rule add pref 10 fwmark ${mark} lookup ${table}`, componentOf(nic))
}

/** The vSwitch itself and everything behind its router. */
function wholeWorld({ subnet }: NicPlace, device: string): string[] {
  const { gateway } = subnet
  const { cidr, ipv6Cidr } = subnet.subnet
  const own = [`${cidr} dev ${device}`, `default via ${gateway} dev ${device} onlink`]
  if (ipv6Cidr === undefined) return own
  return [...own, `${ipv6Cidr} dev ${device}`, `default via ${ROUTER6} dev ${device}`]
}

/**
 * A guest that was not seen is taken to be set up by the book (S1 §4.4): what is next to an
 * interface leaves by it, the rest by the primary one, and replies leave where the request came in.
 */
function layOwnRoutes(
  space: SpaceDraft,
  { nics }: GuestPlace,
  devices: readonly string[],
  addressesOf: (nic: NicPlace) => GuestAddresses,
): void {
  // Without an IPv6 address an interface hears of no IPv6 routes.
  const speaks6 = nics.map((nic) => addressesOf(nic).ipv6.length > 0)
  const first6 = Math.max(0, speaks6.indexOf(true))
  nics.forEach((nic, nth) => {
    const device = devices[nth] ?? ''
    const of = componentOf(nic)
    const [source4, source6] = [addressesOf(nic).ipv4.at(0), addressesOf(nic).ipv6.at(0)]
    for (const route of wholeWorld(nic, device)) {
      const ipv6 = route.includes(':')
      const source = ipv6 ? source6 : source4
      const preferred = source === undefined ? '' : ` src ${source}`
      space.ip(`route add ${route} table ${OWN_TABLE + nth}${preferred}`, of)
      if (ipv6 && !speaks6[nth] && nth !== first6) continue
      if (route.startsWith('default') && nth !== (ipv6 ? first6 : 0)) continue
      space.ip(`route add ${route}${preferred} metric ${100 + nth}`, of)
    }
    for (const address of [...addressesOf(nic).ipv4, ...addressesOf(nic).haVips]) {
      space.ip(`rule add pref ${1000 + nth} from ${address} lookup ${OWN_TABLE + nth}`, of)
    }
    for (const address of addressesOf(nic).ipv6) {
      space.ip6(`rule add pref ${1000 + nth} from ${address} lookup ${OWN_TABLE + nth}`, of)
    }
  })
}

function loadFirewall(space: SpaceDraft, seen: Guest | undefined): void {
  const firewall = seen?.firewall
  if (!firewall) return
  if (firewall.kind === 'nftables') {
    space.load({ tool: 'nft-json', text: firewall.ruleset })
    return
  }
  if (firewall.ipv4 !== undefined) space.load({ tool: 'iptables', text: firewall.ipv4 })
  if (firewall.ipv6 !== undefined) space.load({ tool: 'ip6tables', text: firewall.ipv6 })
}
