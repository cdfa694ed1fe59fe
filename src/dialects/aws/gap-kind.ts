import { gapKinds } from '#model'
import type { GapKind } from '#model'

import type { RecordKind } from './record-kind.ts'

/** The kind of a gap for records of a kind; undefined for those on which nothing depends. */
export function gapKindOf(kind: RecordKind): GapKind | undefined {
  const other: Partial<Record<RecordKind, GapKind | 'none'>> = {
    groupRule: 'none',
    egressGateway: 'ipv6Internet',
    prefixEntries: 'prefixList',
    transitGateway: 'transitRouter',
    transitAttachment: 'transitRouter',
    transitVpcAttachment: 'transitRouter',
    transitTable: 'transitRouter',
    transitRoutes: 'transitRouter',
    transitPropagations: 'transitRouter',
    transitAssociations: 'transitRouter',
    vpnConnection: 'line',
    customerGateway: 'none',
    directGateway: 'line',
    directAssociation: 'line',
    virtualInterface: 'line',
    classicBalancer: 'loadBalancer',
    balancerAttributes: 'loadBalancer',
    listener: 'loadBalancer',
    targetGroup: 'loadBalancer',
    targetGroupAttributes: 'loadBalancer',
    targetHealth: 'loadBalancer',
    database: 'none',
    searchDomain: 'none',
  }
  const known = other[kind] ?? kind
  return known === 'none' ? undefined : gapKinds.find((each) => each === known)
}
