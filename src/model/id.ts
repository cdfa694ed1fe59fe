/** A provider's own identifier, branded by the kind of thing it names. Made only by `parse` and by dialects. */
export type Id<Kind extends string> = string & { readonly __kind: Kind }

export type VpcId = Id<'vpc'>
export type SubnetId = Id<'subnet'>
export type InstanceId = Id<'instance'>
export type NetworkInterfaceId = Id<'networkInterface'>
export type SecurityGroupId = Id<'securityGroup'>
export type NetworkAclId = Id<'networkAcl'>
export type RouteTableId = Id<'routeTable'>
export type PublicAddressId = Id<'publicAddress'>
export type NatGatewayId = Id<'natGateway'>
export type InternetGatewayId = Id<'internetGateway'>
export type PeeringId = Id<'peering'>
export type RouterInterfaceId = Id<'routerInterface'>
export type PrefixListId = Id<'prefixList'>
export type HaVipId = Id<'haVip'>

/** IPv4 or IPv6 address text that `parse` has accepted. */
export type AddressText = string & { readonly __text: 'address' }

/** CIDR text (`10.0.0.0/8`, `2001:db8::/32`; a bare address counts as /32 or /128) that `parse` has accepted. */
export type CidrText = string & { readonly __text: 'cidr' }
