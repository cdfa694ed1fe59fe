import type { ComputedTag, OnePeer, SecurityGroupRule } from '#model'

import { anyPeer } from './rule-side.ts'

type Row = readonly [
  name: string,
  priority: number,
  peer: ComputedTag | 'any',
  own: ComputedTag | 'any',
]

/** The rules that every group ends with (Network security groups overview, default rules). */
const inbound: readonly Row[] = [
  ['AllowVnetInBound', 65_000, 'VirtualNetwork', 'VirtualNetwork'],
  ['AllowAzureLoadBalancerInBound', 65_001, 'AzureLoadBalancer', 'any'],
  ['DenyAllInBound', 65_500, 'any', 'any'],
]
const outbound: readonly Row[] = [
  ['AllowVnetOutBound', 65_000, 'VirtualNetwork', 'VirtualNetwork'],
  ['AllowInternetOutBound', 65_001, 'Internet', 'any'],
  ['DenyAllOutBound', 65_500, 'any', 'any'],
]

/** Some tools leave the default rules out; they cannot be changed, so they are known all the same. */
export function defaultRules(groupId: string): readonly SecurityGroupRule[] {
  return [
    ...inbound.map((row) => ruleOf(groupId, 'ingress', row)),
    ...outbound.map((row) => ruleOf(groupId, 'egress', row)),
  ]
}

function ruleOf(
  groupId: string,
  direction: SecurityGroupRule['direction'],
  [name, priority, peer, own]: Row,
): SecurityGroupRule {
  return {
    id: `${groupId}/defaultSecurityRules/${name}`,
    direction,
    action: name.startsWith('Deny') ? 'drop' : 'accept',
    priority,
    protocol: 'all',
    ports: [],
    peer: peer === 'any' ? anyPeer : tagged(peer),
    ...(own !== 'any' && { own: [tagged(own)] }),
  }
}

function tagged(tag: ComputedTag): OnePeer {
  return { kind: 'serviceTag', tag }
}
