/** A provider's own identifier, branded by the kind of thing it names. Made only by `parse` and by dialects. */
export type Id<Kind extends string> = string & { readonly __kind: Kind }

/** Id of a VPC. */
export type VpcId = Id<'vpc'>
/** Id of a subnet. */
export type SubnetId = Id<'subnet'>
/** Id of an instance. */
export type InstanceId = Id<'instance'>
/** Id of a network interface. */
export type NetworkInterfaceId = Id<'networkInterface'>
/** Id of a security group. */
export type SecurityGroupId = Id<'securityGroup'>
/** Id of a network ACL. */
export type NetworkAclId = Id<'networkAcl'>
/** Id of a route table. */
export type RouteTableId = Id<'routeTable'>
/** Id of a public address: of the resource, not the address itself. */
export type PublicAddressId = Id<'publicAddress'>
/** Id of a NAT gateway. */
export type NatGatewayId = Id<'natGateway'>
/** Id of an IPv4 or IPv6 gateway. */
export type InternetGatewayId = Id<'internetGateway'>
/** Id of a peering connection. */
export type PeeringId = Id<'peering'>
/** Id of a router interface. */
export type RouterInterfaceId = Id<'routerInterface'>
/** Id of a prefix list. */
export type PrefixListId = Id<'prefixList'>
/** Id of a HaVip. */
export type HaVipId = Id<'haVip'>

/** IPv4 or IPv6 address text that `parse` has accepted. */
export type AddressText = string & { readonly __text: 'address' }

/** CIDR text (`10.0.0.0/8`, `2001:db8::/32`; a bare address counts as /32 or /128) that `parse` has accepted. */
export type CidrText = string & { readonly __text: 'cidr' }
