// table: what other analyzers call our findings
import type { FindingCode } from './catalogue.ts'

/**
 * Codes of other analyzers for one of ours. AWS: explanation codes of Reachability Analyzer and
 * Route Analyzer; Google: drop and abort causes of Connectivity Tests; Azure: fault types of
 * Network Watcher; NIS: what Alibaba Cloud's NIS results and published scripts print.
 */
export interface OtherCodes {
  readonly aws?: readonly string[]
  readonly google?: readonly string[]
  readonly azure?: readonly string[]
  readonly nis?: readonly string[]
}

/**
 * The codes that others use for the same reason, where they have one. One of theirs may stand for
 * several of ours (AWS has a single code for both directions of a security group), so a
 * translation into our codes needs the facts too. Sources: the reference pages of each analyzer
 * and its SDK enumerations (docs/sources.md).
 */
export const otherCodes: { readonly [C in FindingCode]?: OtherCodes } = {
  'query.non-routable-address': { google: ['NON_ROUTABLE_IP_ADDRESS'] },
  'query.no-common-ip-version': { google: ['MISMATCHED_IP_VERSION'] },
  'query.unsupported-feature': { aws: ['UNSUPPORTED_COMPONENT'], google: ['UNSUPPORTED'] },
  'query.input-missing': {
    aws: [
      'UNKNOWN_RESOURCE',
      'UNKNOWN_DESTINATION',
      'UNKNOWN_PEERED_SGS',
      'TGW_RTB_ROUTES_ARE_UNKNOWN',
    ],
    google: [
      'PERMISSION_DENIED',
      'RESOURCE_CONFIG_NOT_FOUND',
      'VM_INSTANCE_CONFIG_NOT_FOUND',
      'NETWORK_CONFIG_NOT_FOUND',
      'FIREWALL_CONFIG_NOT_FOUND',
      'ROUTE_CONFIG_NOT_FOUND',
    ],
  },
  'instance.not-running': { google: ['INSTANCE_NOT_RUNNING'] },
  'instance.no-interface': { aws: ['UNASSOCIATED_COMPONENT'] },
  'guest.firewall.egress-deny': { azure: ['GuestFirewall'] },
  'guest.firewall.ingress-deny': { azure: ['GuestFirewall'] },
  'guest.firewall.forward-deny': { azure: ['GuestFirewall'] },
  'eni.not-attached': { aws: ['BAD_STATE_ATTACHMENT'] },
  'eni.bad-state': { aws: ['BAD_STATE'] },
  'eni.source-dest-check': {
    aws: ['ENI_SOURCE_DEST_CHECK_RESTRICTION'],
    google: ['FOREIGN_IP_DISALLOWED'],
  },
  'address.not-assigned': {
    aws: ['ENI_ADDRESS_RESTRICTION', 'NO_POSSIBLE_DESTINATION'],
    google: ['UNKNOWN_INTERNAL_ADDRESS', 'UNKNOWN_IP'],
  },
  'sg.egress.no-match': {
    aws: ['ENI_SG_RULES_MISMATCH', 'SG_HAS_NO_RULES'],
    google: ['FIREWALL_RULE'],
    azure: ['NetworkSecurityRule'],
    nis: ['default_sg_access_rule'],
  },
  'sg.egress.deny': {
    google: ['FIREWALL_RULE'],
    azure: ['NetworkSecurityRule'],
    nis: ['user_acl_drop_rule'],
  },
  'sg.ingress.no-match': {
    aws: ['ENI_SG_RULES_MISMATCH', 'SG_HAS_NO_RULES'],
    google: ['FIREWALL_RULE'],
    azure: ['NetworkSecurityRule'],
    nis: ['default_sg_access_rule'],
  },
  'sg.ingress.deny': {
    google: ['FIREWALL_RULE'],
    azure: ['NetworkSecurityRule'],
    nis: ['user_acl_drop_rule'],
  },
  'sg.group-reference-unresolved': {
    aws: ['SG_REFERENCES_NOT_PRESERVED', 'SG_REFERENCING_SUPPORT'],
  },
  'acl.egress.deny': { aws: ['SUBNET_ACL_RESTRICTION'], azure: ['NetworkSecurityRule'] },
  'acl.ingress.deny': { aws: ['SUBNET_ACL_RESTRICTION'], azure: ['NetworkSecurityRule'] },
  'acl.return.egress.deny': { aws: ['SUBNET_ACL_RESTRICTION'] },
  'acl.return.ingress.deny': { aws: ['SUBNET_ACL_RESTRICTION'] },
  'policy.platform-blocked': { google: ['TRAFFIC_TYPE_BLOCKED'], azure: ['Platform'] },
  'route.none': {
    aws: ['NO_ROUTE_TO_DESTINATION', 'ROUTE_NOT_FOUND'],
    google: ['NO_ROUTE'],
    azure: ['UserDefinedRoute'],
    nis: ['route_missing'],
  },
  'route.return.none': {
    google: ['NO_ROUTE'],
    azure: ['UserDefinedRoute'],
    nis: ['route_missing'],
  },
  'route.inactive': { aws: ['BAD_STATE_ROUTE', 'INACTIVE_ROUTE_FOR_DESTINATION_FOUND'] },
  'route.blackhole': {
    aws: ['BLACKHOLE_ROUTE_FOR_DESTINATION_FOUND'],
    google: ['ROUTE_BLACKHOLE'],
    azure: ['UserDefinedRoute'],
  },
  'route.next-hop-unresolved': {
    google: ['ROUTE_NEXT_HOP_IP_ADDRESS_NOT_RESOLVED', 'ROUTE_NEXT_HOP_RESOURCE_NOT_FOUND'],
  },
  'route.loop': { aws: ['CYCLIC_PATH_DETECTED'], google: ['ROUTING_LOOP'] },
  'route.too-long': { aws: ['MAX_HOPS_EXCEEDED'], google: ['TRACE_TOO_LONG'] },
  'nat.bad-state': { aws: ['BAD_STATE'] },
  'nat.no-addresses': { google: ['CLOUD_NAT_NO_ADDRESSES'] },
  'nat.snat-missing': { google: ['NO_EXTERNAL_ADDRESS'] },
  'nat.protocol-unsupported': { google: ['CLOUD_NAT_PROTOCOL_UNSUPPORTED'] },
  'nat.hairpin': { aws: ['IGW_NAT_REFLECTION'] },
  'igw.private-destination': {
    aws: [
      'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS',
      'IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS',
    ],
    google: ['PRIVATE_TRAFFIC_TO_INTERNET'],
  },
  'igw.no-public-mapping.egress': { aws: ['IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS'] },
  'igw.no-public-mapping.ingress': {
    aws: ['IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS'],
    google: ['UNKNOWN_EXTERNAL_ADDRESS'],
  },
  'ipv6.egress-only': { google: ['NO_ROUTE_FROM_INTERNET_TO_PRIVATE_IPV6_ADDRESS'] },
  'peer.absent': { aws: ['DISCONNECTED_VPCS'] },
  'peer.bad-state': { aws: ['BAD_STATE'] },
  'peer.not-transitive': { aws: ['PCX_REQUIRES_ADDRESS_IN_VPC_CIDR'] },
}
