// table: one row per packet semantic of Azure, beside its document
import type { SemanticRow } from '../semantic.ts'

/**
 * What an Azure network does to a packet, one row per rule that can be switched off in a test.
 * Sources: `Azure x` is the article about x in Microsoft's documentation (docs/sources.md),
 * `decision N` a page of docs/decisions.
 */
export const azureSemantics = {
  'azure.nsg.stateful': {
    says: 'The reply to an admitted packet passes the network security groups of its interface.',
    source: 'Azure network security groups',
  },
  'azure.nsg.both': {
    says: 'The group of the subnet and the group of the interface both judge, also inside the subnet: inbound the subnet’s first, outbound the interface’s.',
    source: 'Azure how network security groups work',
  },
  'azure.nsg.priority': {
    says: 'The matching rule with the lowest priority number decides.',
    source: 'Azure network security groups',
  },
  'azure.nsg.default-rules': {
    says: 'Behind its own rules a group has six default ones.',
    source: 'Azure network security groups',
  },
  'azure.nsg.five-tuple': {
    says: 'A rule may name source ports and addresses of both sides.',
    source: 'Azure network security groups',
  },
  'azure.nsg.application-groups': {
    says: 'A rule that names an application security group is for the interfaces in it.',
    source: 'Azure application security groups',
  },
  'azure.nsg.service-tags': {
    says: 'A rule that names a service tag matches every prefix of its list.',
    source: 'Azure service tags',
  },
  'azure.nsg.platform-exempt': {
    says: 'What an interface sends to 168.63.129.16 and 169.254.169.254 no group judges, unless a rule names the platform’s own tag.',
    source: 'Azure network security groups',
  },
  'azure.tag.peered': {
    says: 'VirtualNetwork holds the ranges of peered networks that have access.',
    source: 'Azure service tags',
  },
  'azure.tag.gateway': {
    says: 'VirtualNetwork holds the ranges behind the virtual network gateway.',
    source: 'Azure service tags',
  },
  'azure.tag.routes': {
    says: 'VirtualNetwork holds the prefixes of the subnet’s user-defined routes.',
    source: 'Azure service tags',
  },
  'azure.tag.internet': {
    says: 'Internet is what is outside the virtual network and publicly reachable.',
    source: 'Azure service tags',
  },
  'azure.admin.rules': {
    says: 'The rules of a network manager come before the groups; what they deny is dropped.',
    source: 'Azure security admin rules',
  },
  'azure.admin.always': {
    says: 'What a network manager always allows meets no group.',
    source: 'Azure security admin rules',
  },
  'azure.nic.ip-forwarding': {
    says: 'Without IP forwarding, an interface drops packets of foreign addresses.',
    source: 'Azure virtual network traffic routing',
  },
  'azure.nic.attached': {
    says: 'An interface carries packets only while something holds it.',
    source: 'Azure effective routes',
  },
  'azure.vm.running': {
    says: 'A machine that is not running neither sends, receives nor relays.',
    source: 'Azure virtual machine states',
  },
  'azure.route.longest-prefix': {
    says: 'The longest matching prefix decides among routes.',
    source: 'Azure virtual network traffic routing',
  },
  'azure.route.user-first': {
    says: 'Of routes with one prefix, user-defined ones come before learned ones, and these before system ones.',
    source: 'Azure virtual network traffic routing',
  },
  'azure.route.local-before-learned': {
    says: 'System routes for the network and its peers come before learned ones inside them.',
    source: 'Azure virtual network traffic routing',
  },
  'azure.route.private-with-default': {
    says: 'Private ranges that nothing else routes are dropped, unless a route of a user or a gateway replaces 0.0.0.0/0.',
    source: 'Azure virtual network traffic routing, decision 0014',
  },
  'azure.route.gateway-propagation': {
    says: 'A route table may refuse what virtual network gateways know.',
    source: 'Azure virtual network traffic routing',
  },
  'azure.route.relay-filtered': {
    says: 'A network virtual appliance’s groups judge what it relays.',
    source: 'Azure how network security groups work',
  },
  'azure.route.next-hop-alive': {
    says: 'A route whose next hop is not in service loses its packets.',
    source: 'Azure virtual network traffic routing',
  },
  'azure.route.appliance-peered': {
    says: 'The next hop of a route may be in a peered network.',
    source: 'Azure virtual network traffic routing',
  },
  'azure.route.appliance-balanced': {
    says: 'The next hop of a route may be an internal load balancer, which hands every port to its servers.',
    source: 'Azure virtual network traffic routing',
  },
  'azure.route.service-endpoint': {
    says: 'A subnet with a service endpoint reaches the service past its user-defined routes.',
    source: 'Azure virtual network traffic routing',
  },
  'azure.peering.connected': {
    says: 'A peering carries packets only while both sides are connected.',
    source: 'Azure virtual network peering',
  },
  'azure.peering.not-transitive': {
    says: 'A peering leads into the peer network only.',
    source: 'Azure virtual network peering',
  },
  'azure.peering.access': {
    says: 'Without access, a peering carries nothing.',
    source: 'Azure virtual network peering',
  },
  'azure.peering.forwarded': {
    says: 'Without leave, a peering takes no packet whose source is no address of the peer.',
    source: 'Azure virtual network peering',
  },
  'azure.peering.gateway-transit': {
    says: 'A network may use the gateway of a peer that lends it.',
    source: 'Azure virtual network peering',
  },
  'azure.endpoint.route': {
    says: 'A private endpoint is a route of its own, which only an exact enough user-defined route passes where the policy of its subnet lets it.',
    source: 'Azure network policies of private endpoints',
  },
  'azure.endpoint.filtered': {
    says: 'A private endpoint meets groups only where the policy of its subnet says so.',
    source: 'Azure network policies of private endpoints',
  },
  'azure.endpoint.approved': {
    says: 'A private endpoint that is not approved carries nothing.',
    source: 'Azure network policies of private endpoints',
  },
  'azure.public.mapped': {
    says: 'A public address stands for one private address; groups see the private one.',
    source: 'Azure network security groups',
  },
  'azure.public.closed': {
    says: 'By a Standard public address nothing comes in to a server that no group judges.',
    source: 'Azure public IP addresses',
  },
  'azure.outbound.nat-gateway': {
    says: 'The NAT gateway of its subnet takes what an interface starts, before any public address.',
    source: 'Azure NAT gateway',
  },
  'azure.outbound.balancer': {
    says: 'Without a public address, the outbound rules of a load balancer take it.',
    source: 'Azure outbound connections',
  },
  'azure.outbound.default': {
    says: 'Without any of these, it leaves by default where the subnet allows that.',
    source: 'Azure default outbound access',
  },
  'azure.outbound.ports': {
    says: 'NAT gateways and load balancers translate TCP and UDP only.',
    source: 'Azure outbound connections',
  },
  'azure.outbound.same-way': {
    says: 'A reply to the Internet has to leave where its request came in.',
    source: 'Azure virtual network traffic routing',
  },
  'azure.lb.client-address': {
    says: 'A server behind a load balancer sees the client, and its groups judge the server’s own port.',
    source: 'Azure network security groups',
  },
  'azure.lb.branches': {
    says: 'Each server behind a rule is a branch of its own.',
    source: 'Azure network security groups',
  },
  'azure.lb.return-routed': {
    says: 'The answer of a server takes the route table of its own subnet.',
    source: 'Azure virtual network traffic routing',
  },
} as const satisfies Readonly<Record<string, SemanticRow>>

/** Id of a packet semantic of Azure. */
export type AzureSemantic = keyof typeof azureSemantics
