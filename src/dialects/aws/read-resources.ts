import type { Network } from '#model'

import { readBindings } from './binding.ts'
import { readEndpoints } from './endpoint.ts'
import { readInstances } from './instance.ts'
import { readInternetGateways } from './internet-gateway.ts'
import { readLines } from './line.ts'
import { readLoadBalancers } from './load-balancer.ts'
import { readNatGateways } from './nat-gateway.ts'
import { readNetworkAcls } from './network-acl.ts'
import { readNetworkInterfaces } from './network-interface.ts'
import { readPeerings } from './peering.ts'
import { readPrefixLists } from './prefix-list.ts'
import { readPublicAddresses } from './public-address.ts'
import type { Reading } from './reading.ts'
import { readRouteTables } from './route-table.ts'
import { readSecurityGroups } from './security-group.ts'
import { readSubnets } from './subnet.ts'
import { readTransitRouters } from './transit-router.ts'
import { readVpcs } from './vpc.ts'
import { readVpnGateways } from './vpn-gateway.ts'

export type Resources = Omit<Network, 'kind' | 'capturedAt' | 'guests' | 'gaps'>

/** Every kind this dialect has; kinds of which there is nothing are left out. */
export function readResources(reading: Reading): Resources {
  return withoutEmpty({
    vpc: readVpcs(reading),
    subnet: readSubnets(reading, readBindings(reading)),
    instance: readInstances(reading),
    networkInterface: readNetworkInterfaces(reading),
    securityGroup: readSecurityGroups(reading),
    networkAcl: readNetworkAcls(reading),
    routeTable: readRouteTables(reading),
    publicAddress: readPublicAddresses(reading),
    natGateway: readNatGateways(reading),
    internetGateway: readInternetGateways(reading),
    peering: readPeerings(reading),
    transitRouter: readTransitRouters(reading),
    vpnGateway: readVpnGateways(reading),
    line: readLines(reading),
    loadBalancer: readLoadBalancers(reading),
    prefixList: readPrefixLists(reading),
    endpoint: readEndpoints(reading),
  })
}

function withoutEmpty(resources: Resources): Resources {
  return Object.fromEntries(Object.entries(resources).filter(([, list]) => list.length > 0))
}
