import type { Network } from '#model'

import { readBoundaries } from './boundary.ts'
import { readBindings } from './binding.ts'
import { readHaVips } from './ha-vip.ts'
import { readInstances } from './instance.ts'
import { reportBareInstances } from './instance-interface.ts'
import { readInternetGateways } from './internet-gateway.ts'
import { readIpv6Reach } from './ipv6-address.ts'
import { readNatGateways } from './nat-gateway.ts'
import { readNetworkAcls } from './network-acl.ts'
import { readNetworkInterfaces } from './network-interface.ts'
import { readPeerings } from './peering.ts'
import { readPrefixLists } from './prefix-list.ts'
import { readPublicAddresses } from './public-address.ts'
import { recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { readRouteTables } from './route-table.ts'
import { readRouterInterfaces } from './router-interface.ts'
import { readSecurityGroups } from './security-group.ts'
import { readVpcs } from './vpc.ts'
import { readVSwitches } from './vswitch.ts'

type Resources = Omit<Network, 'kind' | 'capturedAt' | 'guests' | 'gaps'>

/** Every kind this dialect has; kinds of which there is nothing are left out. */
export function readResources(reading: Reading): Resources {
  const reach = readIpv6Reach(reading)
  const networkInterface = readNetworkInterfaces(reading, reach)
  reportBareInstances(reading, networkInterface, recordsOf(reading, 'instance'))
  const routeTable = readRouteTables(reading)
  const publicAddress = readPublicAddresses(reading)
  return withoutEmpty({
    vpc: readVpcs(reading),
    subnet: readVSwitches(reading, readBindings(reading)),
    instance: readInstances(reading),
    networkInterface,
    securityGroup: readSecurityGroups(reading),
    networkAcl: readNetworkAcls(reading),
    routeTable,
    publicAddress,
    natGateway: readNatGateways(reading),
    internetGateway: readInternetGateways(reading),
    peering: readPeerings(reading),
    routerInterface: readRouterInterfaces(reading),
    prefixList: readPrefixLists(reading),
    haVip: readHaVips(reading),
    ...readBoundaries({ routeTable, publicAddress }),
  })
}

function withoutEmpty(resources: Resources): Resources {
  return Object.fromEntries(Object.entries(resources).filter(([, list]) => list.length > 0))
}
