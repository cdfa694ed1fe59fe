import type { FabricFlags } from '#fabric'

/**
 * How packets are treated where the plain lane may decide. Every flag stands here, so that a new
 * one does not compile before somebody has thought of the lane.
 */
const ordinary: FabricFlags = {
  groupsStateful: true,
  groupsInChain: false,
  aclStateful: false,
  aclDefaultAccept: false,
  aclSameSubnetExempt: true,
  aclCutThroughExempt: true,
  intraGroupFirst: true,
  groupPeerAcrossDomains: false,
  groupPeerPublic: false,
  ingressDefaultAccept: false,
  nextHopAlive: true,
  relayFiltered: true,
  guestConnected: true,
  guestForwarding: true,
  guestAnyPort: true,
  guestDropsMartians: true,
  guestSecondLookup: true,
  classicGuestRoute: true,
  linksTransitive: false,
  routersTransitive: false,
  mappedProtocolsOnly: true,
  mappedOneAddress: true,
  natProtocolsOnly: true,
  natOwnAddressFirst: true,
  natSnatNeeded: true,
  natHairpin: false,
  natOwnTable: true,
  natReturnThrough: true,
  natFiltered: false,
  balancerUnfiltered: true,
  balancerPastGateway: true,
  balancerFiltered: true,
  balancerOwnList: false,
  balancerReturnDirect: true,
  balancerReturnRouted: false,
  balancerSameInterface: true,
  gatewayNeedsPublic: true,
  ipv6Gateway: true,
  publicsUnread: false,
  identitiesUnread: false,
  blockedProtocol: 6,
  blockedPort: 25,
}

const isFlag = (name: string): name is keyof FabricFlags => Object.hasOwn(ordinary, name)

/** Whether a fabric's packets are treated as the plain lane takes for granted. */
export const isOrdinary = (flags: FabricFlags): boolean =>
  Object.keys(ordinary).every((name) => isFlag(name) && flags[name] === ordinary[name])
