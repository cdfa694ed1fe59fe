import type { Component } from '#model'
import { isIpv6, namedMap, namedSet, rule, set } from '../nft-text.ts'
import type { PlanDraft, SpaceDraft } from '../plan-draft.ts'
import { allAddresses, guestAddresses } from './guest-address.ts'
import { layHandedFlows, layRememberedWay, layStrayReplies } from './lay-balanced-sessions.ts'
import { layGroups } from './lay-groups.ts'
import type { NicPlace, Survey } from './survey.ts'

/** Name of the hypervisor's namespace. */
export const HYPERVISOR = 'h'

/** Direction of a packet at an interface, as its mark: from the guest, to the guest. */
const OUTWARD = 1
const INWARD = 2

/** Devices of an interface: towards the guest, towards the vSwitch, and the bridge between them. */
export function nicDevices({ nth }: NicPlace): { guest: string; uplink: string; bridge: string } {
  return { guest: `g${nth}`, uplink: `u${nth}`, bridge: `b${nth}` }
}

/**
 * One namespace holds a two-port bridge for each interface. All packets of the interface pass it,
 * those between neighbours of a vSwitch too, and the guest cannot touch it. With `br_netfilter`
 * on, the bridged packets show themselves to connection tracking, in a zone for each interface.
 */
export function layHypervisor(plan: PlanDraft, survey: Survey): void {
  const whole: Component = { kind: 'platform', id: 'hypervisor' }
  const space = plan.space(HYPERVISOR, 'hypervisor', whole)
  setKernel(space)
  const nics = survey.nics.filter(({ absentBecause }) => absentBecause === undefined)
  for (const nic of nics) layBridge(space, nic)
  layDirections(plan, space, survey, nics)
  const groups = layGroups(plan, survey)
  const chains = nics.map((nic) => ({ nic, ...groups.chainsOf(nic) }))
  space.nft('table inet sg {')
  groups.write(space)
  space.nft('chain zone { type filter hook prerouting priority -300;')
  if (nics.length > 0) {
    const zones = nics.map((nic) => `"${nicDevices(nic).bridge}" : ${nic.nth + 1}`)
    space.nft(`ct zone set iifname map ${set(zones)}`)
  }
  space.nft('}')
  layJudgement(plan, space, survey, chains)
  space.nft('}')
}

function setKernel(space: SpaceDraft): void {
  space.set('net/bridge/bridge-nf-call-iptables', 1)
  space.set('net/bridge/bridge-nf-call-ip6tables', 1)
  space.set('net/bridge/bridge-nf-call-arptables', 0)
  // Otherwise a session cut in the table would be taken up again in its middle.
  space.set('net/netfilter/nf_conntrack_tcp_loose', 0)
  space.set('net/ipv6/conf/all/disable_ipv6', 1)
  space.set('net/ipv6/conf/default/disable_ipv6', 1)
  space.set('net/ipv4/conf/all/rp_filter', 0)
  space.set('net/ipv4/conf/default/rp_filter', 0)
}

function layBridge(space: SpaceDraft, nic: NicPlace): void {
  const of: Component = { kind: 'networkInterface', id: nic.eni.id }
  const { guest, uplink, bridge } = nicDevices(nic)
  space.ip(`link add ${bridge} type bridge stp_state 0 forward_delay 0 mcast_snooping 0`, of)
  space.ip(`link set ${guest} master ${bridge} up`, of)
  space.ip(`link set ${uplink} master ${bridge} up`, of)
  space.ip(`link set ${bridge} up`, of)
}

/** The direction of a packet, and the source/destination check (SDK CreateNetworkInterface). */
function layDirections(
  plan: PlanDraft,
  space: SpaceDraft,
  survey: Survey,
  nics: readonly NicPlace[],
): void {
  const directions = nics.flatMap((nic) => {
    const { guest, uplink } = nicDevices(nic)
    return [`"${guest}" : ${OUTWARD}`, `"${uplink}" : ${INWARD}`]
  })
  space.nft('table bridge door {')
  space.nft(namedMap('direction', 'ifname : mark', directions))
  for (const nic of nics.filter(({ eni }) => eni.sourceDestCheck === true)) {
    layOwnAddresses(space, survey, nic)
  }
  layHandedFlows(space, survey)
  space.nft('chain pre { type filter hook prerouting priority -300;')
  space.nft('meta mark set iifname map @direction')
  layStrayReplies(plan, space, survey, nicDevices)
  for (const nic of nics.filter(({ eni }) => eni.sourceDestCheck === true)) {
    layCheck(plan, space, nic)
  }
  space.nft('}')
  space.nft('}')
}

function layOwnAddresses(space: SpaceDraft, survey: Survey, nic: NicPlace): void {
  const { nth, eni } = nic
  const own = allAddresses(guestAddresses(survey, nic))
  const of: Component = { kind: 'networkInterface', id: eni.id }
  space.nft(
    namedSet(
      `own${nth}`,
      'ipv4_addr',
      own.filter((text) => !isIpv6(text)),
    ),
    of,
  )
  space.nft(namedSet(`own${nth}v6`, 'ipv6_addr', own.filter(isIpv6)), of)
}

function layCheck(plan: PlanDraft, space: SpaceDraft, nic: NicPlace): void {
  const of: Component = { kind: 'networkInterface', id: nic.eni.id }
  const { guest, uplink } = nicDevices(nic)
  const comment = plan.mark({
    stage: 'start',
    decision: 'refuse',
    component: of,
    code: 'eni.source-dest-check',
  })
  const own = `@own${nic.nth}`
  const check = (device: string, end: 'saddr' | 'daddr'): void => {
    const at = `iifname "${device}"`
    space.nft(rule([at, 'ether type ip', `ip ${end} != ${own}`], 'drop', comment), of)
    const talk = `ip6 ${end} != { fe80::/10, ff00::/8, :: }`
    space.nft(rule([at, 'ether type ip6', talk, `ip6 ${end} != ${own}v6`], 'drop', comment), of)
  }
  check(guest, 'saddr')
  check(uplink, 'daddr')
}

/** Replies of an admitted session pass; everything else is judged by the groups (HELP security group rules). */
function layJudgement(
  plan: PlanDraft,
  space: SpaceDraft,
  survey: Survey,
  chains: readonly { readonly nic: NicPlace; readonly ingress: string; readonly egress: string }[],
): void {
  space.nft('chain judge { type filter hook forward priority 0; policy drop;')
  // Neighbour discovery is the fabric's own talk, not the guests'.
  space.nft(
    'icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert, mld-listener-report, mld2-listener-report } accept',
  )
  layRememberedWay(space, survey, { inward: INWARD, outward: OUTWARD })
  const session = (direction: number, stage: 'group.egress' | 'group.ingress'): void => {
    const component: Component = { kind: 'platform', id: 'session' }
    const comment = plan.mark({ stage, decision: 'admit', component, rule: 'session' })
    space.nft(rule([`meta mark ${direction}`, 'ct state established,related'], 'accept', comment))
  }
  session(OUTWARD, 'group.egress')
  session(INWARD, 'group.ingress')
  const jump = (direction: number, side: 'egress' | 'ingress'): void => {
    const targets = chains.map(
      ({ nic, ...item }) => `"${nicDevices(nic).bridge}" : goto ${item[side]}`,
    )
    if (targets.length > 0) space.nft(`meta mark ${direction} iifname vmap ${set(targets)}`)
  }
  jump(OUTWARD, 'egress')
  jump(INWARD, 'ingress')
  space.nft('}')
}
