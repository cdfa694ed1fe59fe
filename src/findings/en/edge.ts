import { sentences } from '../template.ts'

/** Address translation and the way to and from the Internet. */
export const edge = sentences({
  'nat.bad-state': {
    say: '{component} is {state}; it must be Available and unlocked',
    advice:
      'Wait until it is Available, or settle what locked it; state and lock: aliyun vpc DescribeNatGateways --NatGatewayId {component-id}',
  },
  'nat.no-addresses': {
    say: '{component} has no usable EIP for packets from {source}',
    advice:
      'Open {component-id} in the VPC console, bind an EIP and choose it in the SNAT entry that covers {source}.',
  },
  'nat.snat-missing': {
    say: '{component} has no SNAT entry for {source}',
    advice:
      'Open {component-id} > SNAT Management in the VPC console and create an entry for {source|cidr}.',
  },
  'nat.dnat-missing': {
    say: '{component} has no DNAT entry for {service} at {address}',
    advice:
      'Open {component-id} > DNAT Management in the VPC console and create an entry from {address} {service} to the private address and port of the server.',
  },
  'nat.protocol-unsupported': {
    say: '{component} translates TCP, UDP and ICMP only, and this is {protocol}',
    advice: 'Carry {protocol} between private addresses (VPC peering, VPN) or inside TCP or UDP.',
  },
  'nat.return-bypass': {
    say: 'the reply leaves through {actual} instead of {expected}, so the client discards it',
    advice:
      'Send the reply through {expected}: unbind the public IP address that takes it elsewhere, or add a route to the client through {expected}.',
  },
  'nat.hairpin': {
    say: '{component} does not turn packets of its own SNAT back to its address {address}',
    advice: 'Call the private address of the destination.',
  },
  'igw.absent': {
    say: 'VPC {vpc} has no gateway to the Internet',
    advice:
      'In the VPC console, create and activate an IPv4 gateway (for IPv6 an IPv6 gateway) in {vpc}.',
  },
  'igw.private-destination': {
    say: '{component} does not carry packets to the private address {destination}',
    advice:
      'Add a route to {destination|cidr} whose next hop is private (VPC peering connection, transit router, VPN gateway).',
  },
  'igw.no-way-out': {
    say: '{source} has no way to the Internet: no NAT gateway, no public IP address, no outbound rule of a load balancer, and no default outbound access',
    advice:
      'Attach a NAT gateway to the subnet of {source}, or give {component-id} a public IP address.',
  },
  'igw.no-public-mapping.egress': {
    say: '{component} drops packets from {source}, which has no public IP address (for IPv6: no Internet bandwidth)',
    advice:
      'Bind an EIP to the network interface of {source}, or route it to a NAT gateway; for IPv6, buy Internet bandwidth for it at the IPv6 gateway.',
  },
  'igw.no-public-mapping.ingress': {
    say: 'nothing leads from the Internet to {address}: it has no public mapping (for IPv6: no Internet bandwidth)',
    advice:
      'Bind an EIP to the network interface that should answer; for IPv6, buy Internet bandwidth for {address} at the IPv6 gateway.',
  },
  'ipv6.egress-only': {
    say: '{address} may open connections to the Internet but accepts none: an egress-only rule covers it',
    advice: 'In the VPC console, delete the egress-only rule of {address} at the IPv6 gateway.',
  },
})
