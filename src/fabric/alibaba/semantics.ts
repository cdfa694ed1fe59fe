// table: one row per packet semantic of Alibaba Cloud, beside its document
import type { SemanticRow } from '../semantic.ts'

/**
 * What an Alibaba Cloud network does to a packet, one row per rule that can be switched off in a
 * test. Sources: `HELP x` is the provider's current help page titled x, `D21` its 2021
 * documentation, `SDK` the comments of its official SDK, `S1`/`S3` the ECS network guides of
 * 2020/2019 (docs/sources.md), `decision N` a page of docs/decisions.
 */
export const alibabaSemantics = {
  'sg.stateful': {
    says: 'The reply to an admitted packet passes the same interface without a rule check.',
    source: 'HELP security group rules',
  },
  'sg.merged': {
    says: 'The rules of all groups of an interface are judged together; groups have no order.',
    source: 'HELP security group rules; D21 security groups',
  },
  'sg.per-interface': {
    says: 'Each interface is judged by its own groups, not by those of its instance.',
    source: 'D21 network isolation within a basic security group; S1 §4.7 (MOD-04, MOD-05)',
  },
  'sg.priority': {
    says: 'Of the matching rules the one with the lowest priority number decides.',
    source: 'SDK AuthorizeSecurityGroup',
  },
  'sg.drop-wins-ties': {
    says: 'At equal priority a drop rule wins over an accept rule.',
    source: 'SDK AuthorizeSecurityGroup',
  },
  'sg.basic-egress-accept': {
    says: 'A basic group lets out what no rule matches.',
    source: 'HELP basic vs advanced security groups',
  },
  'sg.enterprise-egress-drop': {
    says: 'An enterprise (advanced) group drops outbound what no rule matches.',
    source: 'HELP basic vs advanced security groups',
  },
  'sg.ingress-drop': {
    says: 'Every group drops inbound what no rule matches.',
    source: 'HELP basic vs advanced security groups',
  },
  'sg.intra-group-accept': {
    says: 'Members of one basic group with intra-group policy Accept reach each other without a rule.',
    source: 'HELP basic vs advanced security groups; S3 §2.3 (INT-03)',
  },
  'sg.intra-group-first': {
    says: 'Intra-group acceptance comes before every custom rule, drop rules included.',
    source: 'SDK ModifySecurityGroupPolicy',
  },
  'sg.enterprise-isolated': {
    says: 'Members of an enterprise group are isolated from each other whatever its policy says.',
    source: 'HELP basic vs advanced security groups',
  },
  'sg.group-peer-private': {
    says: 'A rule that names a group matches the private addresses of its members, never public ones.',
    source: 'HELP security group rules',
  },
  'sg.group-peer-same-vpc': {
    says: 'A rule that names a group does not match members that arrive from another VPC.',
    source: 'HELP VPC peering connection',
  },
  'sg.group-peer-basic': {
    says: 'Only basic groups name each other in rules; with an enterprise group at either end, such a rule matches nothing.',
    source: 'HELP security group rules; HELP basic vs advanced security groups',
  },
  'sg.prefix-list': {
    says: 'A rule that names a prefix list matches every prefix of the list.',
    source: 'HELP security group rules; SDK CreatePrefixList',
  },
  'sg.five-tuple': {
    says: 'A rule may also name source ports and a part of the group’s own addresses.',
    source: 'D21 five-tuple rules',
  },
  'sg.classic-nics': {
    says: 'In the classic network, Internet and intranet NIC have rule sets of their own.',
    source: 'HELP security group rules; SDK NicType',
  },
  'sg.tcp-25': {
    says: 'The platform drops TCP 25 on its way out to the Internet; no rule opens it.',
    source: 'HELP TCP port 25; decision 0005',
  },
  'eni.source-dest-check': {
    says: 'With the source/destination check on, an interface drops packets of foreign addresses.',
    source: 'SDK CreateNetworkInterface',
  },
  'eni.attached': {
    says: 'An interface carries packets only while it is bound (InUse).',
    source: 'S1 §4.1 (STA-01); S0 (DX-03)',
  },
  'instance.running': {
    says: 'An instance that is not Running neither sends, receives nor relays.',
    source: 'S0 (DX-02)',
  },
  'instance.unlocked': {
    says: 'A locked instance (overdue, security, recycling) is cut off.',
    source: 'SDK OperationLocks',
  },
  'acl.stateless': {
    says: 'A network ACL judges replies by its rules too.',
    source: 'HELP network ACL',
  },
  'acl.list-order': {
    says: 'The first matching entry of a network ACL decides.',
    source: 'HELP network ACL',
  },
  'acl.default-drop': {
    says: 'A network ACL drops what no entry matches.',
    source: 'HELP network ACL',
  },
  'acl.same-subnet-exempt': {
    says: 'Traffic between interfaces of one vSwitch does not meet its network ACL.',
    source: 'D21 network ACL overview; decision 0005',
  },
  'acl.service-exempt': {
    says: 'DNS (100.100.2.128/28, 100.100.2.112/28) and metadata (100.100.100.200) pass every network ACL.',
    source: 'HELP network ACL; D21 network ACL overview',
  },
  'acl.cut-through-exempt': {
    says: 'An interface whose EIP is in cut-through mode does not meet the network ACL.',
    source: 'HELP network ACL',
  },
  'route.longest-prefix': {
    says: 'Of the active routes that match, the longest prefix decides.',
    source: 'HELP route tables',
  },
  'route.active-only': {
    says: 'Only routes in state Available carry packets.',
    source: 'SDK DescribeRouteEntryList',
  },
  'route.local-per-subnet': {
    says: 'Local routes cover the vSwitches of a VPC, not the whole VPC range.',
    source: 'HELP route tables',
  },
  'route.services-local': {
    says: '100.64.0.0/10 is local in every table: the provider’s services live there.',
    source: 'HELP route tables',
  },
  'route.subnet-table': {
    says: 'A vSwitch bound to a custom table uses it instead of the system table.',
    source: 'HELP route tables',
  },
  'route.weights': {
    says: 'Disabled next hops and standby ones (weight 0 beside a heavier one) carry nothing.',
    source: 'SDK CreateRouteEntry NextHopList',
  },
  'route.branches': {
    says: 'Equal next hops share the traffic: each is a branch of its own.',
    source: 'SDK CreateRouteEntry NextHopList',
  },
  'route.next-hop-alive': {
    says: 'A route whose next hop is gone, unattached or stopped loses its packets.',
    source: 'HELP route tables',
  },
  'route.relay-filtered': {
    says: 'A packet relayed by an instance is judged by that interface’s groups on the way in and out.',
    source: 'HELP route tables; decision 0004',
  },
  'internet.default-bypass': {
    says: 'Without an activated IPv4 gateway, a source with a public address reaches public destinations past the route table.',
    source: 'HELP IPv4 gateway; VPC FAQ',
  },
  'internet.gateway-mode': {
    says: 'With an activated IPv4 gateway all Internet traffic follows the route tables.',
    source: 'HELP IPv4 gateway',
  },
  'internet.gateway-needs-public': {
    says: 'An IPv4 gateway lets out only sources that have a public address of their own.',
    source: 'HELP IPv4 gateway',
  },
  'internet.vpc-ranges-private': {
    says: 'A VPC treats its own ranges as private even where they look public.',
    source: 'VPC FAQ',
  },
  'internet.user-cidr': {
    says: 'Destinations inside a user CIDR follow the route table.',
    source: 'VPC FAQ',
  },
  'internet.private-mode': {
    says: 'A VPC whose IPv4 gateway was deleted in private mode has no Internet at all.',
    source: 'HELP IPv4 gateway',
  },
  'internet.gateway-table': {
    says: 'The gateway route table may steer arriving Internet traffic to an interface first.',
    source: 'HELP IPv4 gateway',
  },
  'eip.one-private-address': {
    says: 'An EIP stands for one private address of its interface, not for the others.',
    source: 'S1 §4.1 (ENI-08); SDK AssociateEipAddress',
  },
  'eip.in-use': {
    says: 'An EIP carries packets only while it is bound and not locked.',
    source: 'SDK DescribeEipAddresses',
  },
  'eip.protocols': {
    says: 'A mapped public address carries TCP, UDP and ICMP only.',
    source: 'HELP EIP NAT mode',
  },
  'eip.cut-through': {
    says: 'A cut-through EIP replaces the private address of its interface.',
    source: 'HELP EIP cut-through mode',
  },
  'nat.in-service': {
    says: 'A NAT gateway carries packets only in state Available and unlocked.',
    source: 'SDK DescribeNatGateways',
  },
  'nat.snat-needed': {
    says: 'A NAT gateway lets out only sources that an SNAT entry serves.',
    source: 'HELP Internet NAT gateway',
  },
  'nat.snat-longest-source': {
    says: 'Of the SNAT entries that serve a source, the longest source prefix decides.',
    source: 'HELP Internet NAT gateway',
  },
  'nat.own-address-first': {
    says: 'A source with a public address of its own keeps it; SNAT comes last.',
    source: 'HELP Internet NAT gateway',
  },
  'nat.ip-mapping': {
    says: 'A DNAT entry for every port also gives its instance that public address outbound.',
    source: 'HELP Internet NAT gateway; VPC FAQ',
  },
  'nat.protocols': {
    says: 'SNAT and DNAT carry TCP, UDP and ICMP only.',
    source: 'HELP Internet NAT gateway',
  },
  'nat.no-hairpin': {
    says: 'Sources behind a NAT gateway’s SNAT cannot reach its own DNAT services.',
    source: 'D21 NAT gateway FAQ',
  },
  'nat.own-table': {
    says: 'With an activated IPv4 gateway, the NAT gateway’s own vSwitch must route to it.',
    source: 'HELP IPv4 gateway',
  },
  'nat.return-through': {
    says: 'The reply to a translated connection must pass the same translation.',
    source: 'HELP Internet NAT gateway; decision 0004',
  },
  'lb.active': {
    says: 'A load balancer takes connections only in state active.',
    source: 'SDK DescribeLoadBalancerAttribute; decision 0010',
  },
  'lb.listener-running': {
    says: 'A listener of a load balancer takes connections only while it is running.',
    source: 'SDK DescribeLoadBalancerTCPListenerAttribute; decision 0010',
  },
  'lb.weights': {
    says: 'A backend of weight 0 gets no new connections.',
    source: 'SDK SetBackendServers; decision 0010',
  },
  'lb.branches': {
    says: 'Each backend with a weight above 0 is a branch of its own.',
    source: 'HELP CLB listeners; decision 0010',
  },
  'lb.no-acl': {
    says: 'The network ACL of a load balancer’s vSwitch does not judge what it gets and answers.',
    source: 'HELP network ACL; decision 0010',
  },
  'lb.past-gateway-table': {
    says: 'The gateway route table does not redirect what comes for the EIP of a load balancer.',
    source: 'decision 0010',
  },
  'lb.client-address': {
    says: 'A backend sees the address and port of the client, not those of the load balancer.',
    source: 'HELP CLB listeners (layer 4); decision 0010',
  },
  'lb.backend-acl': {
    says: 'The network ACL of a backend’s vSwitch judges requests and replies, whoever the client is.',
    source: 'HELP network ACL; decision 0010',
  },
  'lb.return-direct': {
    says: 'A reply goes from the backend to its load balancer whatever the backend’s route table says.',
    source: 'decision 0010',
  },
  'lb.return-interface': {
    says: 'A reply finds its load balancer only by the interface that took the request.',
    source: 'decision 0010',
  },
  'lb.own-table': {
    says: 'A load balancer answers by the route table of its own vSwitch.',
    source: 'decision 0010',
  },
  'peer.activated': {
    says: 'A peering connection carries packets only when Activated.',
    source: 'HELP VPC peering connection',
  },
  'peer.not-transitive': {
    says: 'What arrives through a peering connection is delivered in that VPC or nowhere.',
    source: 'HELP VPC peering connection',
  },
  'router-interface.active': {
    says: 'A router interface carries packets only while both ends are Active.',
    source: 'SDK DescribeRouterInterfaces',
  },
  'router-interface.not-transitive': {
    says: 'What arrives through a router interface is delivered in that VPC or nowhere.',
    source: 'decision 0004',
  },
  'ipv6.bandwidth': {
    says: 'An IPv6 address is private until Internet bandwidth is bought for it.',
    source: 'HELP Internet access; SDK AllocateIpv6InternetBandwidth',
  },
  'ipv6.egress-only': {
    says: 'An egress-only IPv6 address answers, but cannot be called from the Internet.',
    source: 'SDK CreateIpv6EgressOnlyRule',
  },
  'ipv6.gateway': {
    says: 'IPv6 Internet traffic follows the route table to an IPv6 gateway.',
    source: 'HELP Internet access',
  },
  'ipv6.range-of-vpc': {
    says: 'An IPv6 address in the range of a VPC that no interface has leads nowhere, from anywhere.',
    source: 'HELP Internet access; decision 0009',
  },
  'havip.master': {
    says: 'Traffic to a HaVip goes to the member that announces it; with none it is lost.',
    source: 'HELP high-availability virtual IP',
  },
  'classic.region': {
    says: 'Classic instances reach each other inside one region.',
    source: 'S1 §7 (FAQ-20); S3 §2.3 (INT-07, INT-15)',
  },
  'classiclink.link': {
    says: 'A classic instance and a VPC reach each other only over a ClassicLink between them.',
    source: 'S3 §2.3 (INT-13)',
  },
  'classiclink.primary-cidr': {
    says: 'ClassicLink covers the primary range of the VPC only.',
    source: 'HELP ClassicLink',
  },
  'classiclink.ten-slash-eight': {
    says: 'In a VPC of 10.0.0.0/8, ClassicLink covers vSwitches inside 10.111.0.0/16 only.',
    source: 'HELP ClassicLink',
  },
  'classiclink.guest-route': {
    says: 'A VPC of 192.168.0.0/16 needs a route in the classic guest.',
    source: 'HELP ClassicLink',
  },
  'guest.connected-interface': {
    says: 'A guest sends to a vSwitch it has an interface in through that interface.',
    source: 'S1 §4.4 (CFG-RT-04)',
  },
  'guest.policy-routing': {
    says: 'Where the guest was seen, its routes and rules choose the interface; else replies leave where the request came in.',
    source: 'S1 §4.4 (CFG-RT-05, CFG-RT-07)',
  },
  'guest.forwarding': {
    says: 'A guest relays foreign packets only with IP forwarding on.',
    source: 'HELP route tables (next hop instance)',
  },
  'guest.any-interface': {
    says: 'A guest takes a packet for any address of its own, whichever of its interfaces it comes in by, and needs no IP forwarding for that.',
    source: 'RFC 1122 §3.3.4.2 (weak host model); ip-rule(8) (table local)',
  },
  'guest.martian-source': {
    says: 'A guest drops an IPv4 packet that comes in with an address of the guest itself as its source.',
    source: 'RFC 1812 §5.3.7; ip-sysctl (accept_local)',
  },
  'guest.second-lookup': {
    says: 'What a guest starts over IPv4 without naming a source takes the source of the way its tables give, and then the way they give for that source.',
    source: 'ip-rule(8); ip(7); decision 0005',
  },
  'guest.equal-routes': {
    says: 'Of IPv6 routes of a guest that differ in nothing but their device, what it relays and the echoes it answers take the one by the device the packet came in by, all else the first; static ones by several gateways share the traffic.',
    source: 'ip-route(8); decision 0004',
  },
  'guest.firewall': {
    says: 'Where the firewall of a guest was seen, its rules judge what the guest sends, receives and relays; replies belong to the connection.',
    source: 'iptables(8), iptables-extensions(8), nft(8)',
  },
  'guest.listening': {
    says: 'Where the sockets of a guest were seen, TCP and UDP are answered only where one is bound to the address called, or to every address of its family.',
    source: 'ip(7), tcp(7), udp(7)',
  },
  'guest.reverse-path': {
    says: 'Where rp_filter was seen, a guest takes an IPv4 packet only if its tables lead back to the source: strictly by the same device, loosely by any.',
    source: 'ip-sysctl (rp_filter)',
  },
} as const satisfies Record<string, SemanticRow>

/** Id of a packet semantic of Alibaba Cloud. */
export type AlibabaSemantic = keyof typeof alibabaSemantics

/** Id of a semantic of operating systems, which hold in every cloud. */
export type GuestSemantic = Extract<AlibabaSemantic, `guest.${string}`>
