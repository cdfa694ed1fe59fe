// table: one row per packet semantic of Azure, beside its document
import type { SemanticRow } from '../semantic.ts'

/**
 * What an Azure network does to a packet, one row per rule that can be switched off in a test.
 * Sources: `AZ x` is row x of the semantics that docs/sources.md lists with their articles.
 */
export const azureSemantics = {
  'azure.nsg.stateful': {
    says: 'The reply to an admitted packet passes the network security groups of its interface.',
    source: 'AZ S4',
  },
  'azure.nsg.both': {
    says: 'The group of the subnet and the group of the interface both judge: inbound the subnet’s first, outbound the interface’s.',
    source: 'AZ S1',
  },
  'azure.nsg.same-subnet': {
    says: 'Traffic inside a subnet meets the groups, too.',
    source: 'AZ S1',
  },
  'azure.nsg.priority': {
    says: 'The matching rule with the lowest priority number decides.',
    source: 'AZ S2',
  },
  'azure.nsg.default-rules': {
    says: 'Behind its own rules a group has six default ones.',
    source: 'AZ S3',
  },
  'azure.nsg.five-tuple': {
    says: 'A rule may name source ports and addresses of both sides.',
    source: 'AZ S2',
  },
  'azure.nsg.application-groups': {
    says: 'A rule that names an application security group is for the interfaces in it.',
    source: 'AZ S13',
  },
  'azure.nsg.service-tags': {
    says: 'A rule that names a service tag matches every prefix of its list.',
    source: 'AZ S12',
  },
  'azure.nsg.platform-exempt': {
    says: 'What an interface sends to 168.63.129.16 and 169.254.169.254 no group judges, unless a rule names the platform’s own tag.',
    source: 'AZ S7',
  },
  'azure.tag.peered': {
    says: 'VirtualNetwork holds the ranges of peered networks.',
    source: 'AZ S9',
  },
  'azure.tag.access': {
    says: 'VirtualNetwork leaves out a peer without access.',
    source: 'AZ S9',
  },
  'azure.tag.gateway': {
    says: 'VirtualNetwork holds the ranges behind the virtual network gateway.',
    source: 'AZ S9',
  },
  'azure.tag.routes': {
    says: 'VirtualNetwork holds the prefixes of the subnet’s user-defined routes.',
    source: 'AZ S9',
  },
  'azure.tag.platform': {
    says: 'VirtualNetwork holds 168.63.129.16, which AzureLoadBalancer stands for.',
    source: 'AZ S9, S11',
  },
  'azure.tag.internet': {
    says: 'Internet is what is outside the virtual network and publicly reachable.',
    source: 'AZ S10',
  },
  'azure.admin.rules': {
    says: 'The rules of a network manager come before the groups; what they deny is dropped.',
    source: 'AZ S14',
  },
  'azure.admin.always': {
    says: 'What a network manager always allows meets no group.',
    source: 'AZ S14',
  },
  'azure.nic.ip-forwarding': {
    says: 'Without IP forwarding, an interface drops packets of foreign addresses.',
    source: 'AZ R7',
  },
  'azure.nic.attached': {
    says: 'An interface carries packets only while something holds it.',
    source: 'AZ U10',
  },
  'azure.vm.running': {
    says: 'A machine that is not running neither sends, receives nor relays.',
    source: 'AZ-101',
  },
  'azure.route.longest-prefix': {
    says: 'The longest matching prefix decides among routes.',
    source: 'AZ R1',
  },
  'azure.route.user-first': {
    says: 'Of routes with one prefix, user-defined ones come before learned ones, and these before system ones.',
    source: 'AZ R1',
  },
  'azure.route.local-before-learned': {
    says: 'System routes for the network and its peers come before learned ones inside them.',
    source: 'AZ R2',
  },
  'azure.route.private-none': {
    says: 'Private ranges that nothing else routes are dropped.',
    source: 'AZ R3',
  },
  'azure.route.gateway-propagation': {
    says: 'A route table may refuse what virtual network gateways know.',
    source: 'AZ R8',
  },
  'azure.route.relay-filtered': {
    says: 'A network virtual appliance’s groups judge what it relays.',
    source: 'AZ S1',
  },
  'azure.route.next-hop-alive': {
    says: 'A route whose next hop is not in service loses its packets.',
    source: 'AZ R7',
  },
  'azure.route.appliance-peered': {
    says: 'The next hop of a route may be in a peered network.',
    source: 'AZ R7',
  },
  'azure.route.appliance-balanced': {
    says: 'The next hop of a route may be an internal load balancer, which hands every port to its servers.',
    source: 'AZ R7',
  },
  'azure.route.service-endpoint': {
    says: 'A subnet with a service endpoint reaches the service past its user-defined routes.',
    source: 'AZ R4, E1',
  },
  'azure.peering.connected': {
    says: 'A peering carries packets only while both sides are connected.',
    source: 'AZ P1',
  },
  'azure.peering.not-transitive': {
    says: 'A peering leads into the peer network only.',
    source: 'AZ P1',
  },
  'azure.peering.access': {
    says: 'Without access, a peering carries nothing.',
    source: 'AZ P2',
  },
  'azure.peering.forwarded': {
    says: 'Without leave, a peering takes no packet whose source is no address of the peer.',
    source: 'AZ P2',
  },
  'azure.peering.gateway-transit': {
    says: 'A network may use the gateway of a peer that lends it.',
    source: 'AZ P3',
  },
  'azure.endpoint.route': {
    says: 'A private endpoint is a route of its own, which only an exact enough user-defined route passes where the policy of its subnet lets it.',
    source: 'AZ E2',
  },
  'azure.endpoint.filtered': {
    says: 'A private endpoint meets groups only where the policy of its subnet says so.',
    source: 'AZ E2',
  },
  'azure.endpoint.approved': {
    says: 'A private endpoint that is not approved carries nothing.',
    source: 'AZ E2',
  },
  'azure.public.mapped': {
    says: 'A public address stands for one private address; groups see the private one.',
    source: 'AZ S5',
  },
  'azure.public.own-ranges': {
    says: 'The ranges of the network are no Internet, even where they look public.',
    source: 'AZ S10',
  },
  'azure.outbound.nat-gateway': {
    says: 'The NAT gateway of its subnet takes what an interface starts, before any public address.',
    source: 'AZ O1',
  },
  'azure.outbound.balancer': {
    says: 'Without a public address, the outbound rules of a load balancer take it.',
    source: 'AZ O1, O2',
  },
  'azure.outbound.default': {
    says: 'Without any of these, it leaves by default where the subnet allows that.',
    source: 'AZ O3',
  },
  'azure.outbound.ports': {
    says: 'NAT gateways and load balancers translate TCP and UDP only.',
    source: 'AZ O2',
  },
  'azure.outbound.same-way': {
    says: 'A reply to the Internet has to leave where its request came in.',
    source: 'AZ R6',
  },
  'azure.lb.client-address': {
    says: 'A server behind a load balancer sees the client, and its groups judge the server’s own port.',
    source: 'AZ S6',
  },
  'azure.lb.branches': {
    says: 'Each server behind a rule is a branch of its own.',
    source: 'AZ S6',
  },
  'azure.lb.return-routed': {
    says: 'The answer of a server takes the route table of its own subnet.',
    source: 'AZ R6',
  },
} as const satisfies Readonly<Record<string, SemanticRow>>

/** Id of a packet semantic of Azure. */
export type AzureSemantic = keyof typeof azureSemantics
