import type { Network } from '#model'

import { compareText } from '../compare-text.ts'
import { adminMembers } from './admin-member.ts'
import { readBoundaries, readFirewalls } from './boundary.ts'
import { readEndpoints } from './endpoint.ts'
import { readInstances } from './instance.ts'
import { readLines } from './line.ts'
import { readLoadBalancers } from './load-balancer.ts'
import { namedGroups } from './named-group.ts'
import { readNatGateways } from './nat-gateway.ts'
import { readNetworkInterfaces } from './network-interface.ts'
import { readPeerings } from './peering.ts'
import { readPublicAddresses } from './public-address.ts'
import type { Reading } from './reading.ts'
import { readRouteTables } from './route-table.ts'
import { readSecurityGroups } from './security-group.ts'
import { readServiceTags } from './service-tag.ts'
import { readSubnets } from './subnet.ts'
import { readVpcs } from './vpc.ts'

export type Resources = Omit<Network, 'kind' | 'capturedAt' | 'guests' | 'gaps'>

/** Every kind this dialect has, by id; kinds of which there is nothing are left out. */
export function readResources(reading: Reading): Resources {
  const resources: Resources = {
    vpc: readVpcs(reading, adminMembers(reading)),
    subnet: readSubnets(reading),
    instance: readInstances(reading),
    networkInterface: [...readNetworkInterfaces(reading), ...readFirewalls(reading)],
    securityGroup: readSecurityGroups(reading),
    routeTable: readRouteTables(reading),
    publicAddress: readPublicAddresses(reading),
    natGateway: readNatGateways(reading),
    peering: readPeerings(reading),
    vpnGateway: readBoundaries(reading, 'gateway'),
    line: readLines(reading),
    loadBalancer: readLoadBalancers(reading),
    prefixList: readServiceTags(reading),
    endpoint: readEndpoints(reading),
    bastion: readBoundaries(reading, 'bastion'),
    applicationGateway: readBoundaries(reading, 'applicationGateway'),
    scaleSet: readBoundaries(reading, 'scaleSet'),
  }
  const securityGroup = [...(resources.securityGroup ?? []), ...namedGroups(resources)]
  return Object.fromEntries(
    Object.entries({ ...resources, securityGroup }).flatMap(([kind, list]) =>
      list.length > 0 ? [[kind, list.toSorted((a, b) => compareText(a.id, b.id))]] : [],
    ),
  )
}
