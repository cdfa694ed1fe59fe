import type { ResourceKind } from '#model'

/** The call that supplies one resource, with its argument, as the aws CLI takes it. */
export const ask = {
  vpc: (id: string) => `ec2 describe-vpcs --vpc-ids ${id}`,
  subnet: (id: string) => `ec2 describe-subnets --subnet-ids ${id}`,
  instance: (id: string) => `ec2 describe-instances --instance-ids ${id}`,
  networkInterface: (id: string) => `ec2 describe-network-interfaces --network-interface-ids ${id}`,
  securityGroup: (id: string) => `ec2 describe-security-groups --group-ids ${id}`,
  networkAcl: (id: string) => `ec2 describe-network-acls --network-acl-ids ${id}`,
  routeTable: (id: string) => `ec2 describe-route-tables --route-table-ids ${id}`,
  publicAddress: (id: string) => `ec2 describe-addresses --allocation-ids ${id}`,
  natGateway: (id: string) => `ec2 describe-nat-gateways --nat-gateway-ids ${id}`,
  internetGateway: (id: string) =>
    id.startsWith('eigw-')
      ? `ec2 describe-egress-only-internet-gateways --egress-only-internet-gateway-ids ${id}`
      : `ec2 describe-internet-gateways --internet-gateway-ids ${id}`,
  peering: (id: string) =>
    `ec2 describe-vpc-peering-connections --vpc-peering-connection-ids ${id}`,
  transitRouter: (id: string) => `ec2 describe-transit-gateways --transit-gateway-ids ${id}`,
  vpnGateway: (id: string) => `ec2 describe-vpn-gateways --vpn-gateway-ids ${id}`,
  line: (id: string) =>
    id.startsWith('vpn-')
      ? `ec2 describe-vpn-connections --vpn-connection-ids ${id}`
      : `directconnect describe-direct-connect-gateways --direct-connect-gateway-id ${id}`,
  loadBalancer: (id: string) => `elbv2 describe-load-balancers --load-balancer-arns ${id}`,
  prefixList: (id: string) => `ec2 get-managed-prefix-list-entries --prefix-list-id ${id}`,
  endpoint: (id: string) => `ec2 describe-vpc-endpoints --vpc-endpoint-ids ${id}`,
} as const satisfies Partial<Record<ResourceKind, (id: string) => string>>

export type AskableKind = keyof typeof ask

/** Calls whose facts live inside other resources. */
export const askAbout = {
  transitAttachments: (id: string) =>
    `ec2 describe-transit-gateway-attachments --filters Name=transit-gateway-id,Values=${id}`,
  transitSubnets: (id: string) =>
    `ec2 describe-transit-gateway-vpc-attachments --transit-gateway-attachment-ids ${id}`,
  transitTables: (id: string) =>
    `ec2 describe-transit-gateway-route-tables --filters Name=transit-gateway-id,Values=${id}`,
  transitRoutes: (id: string) =>
    `ec2 search-transit-gateway-routes --transit-gateway-route-table-id ${id} --filters Name=type,Values=static`,
  transitPropagations: (id: string) =>
    `ec2 get-transit-gateway-route-table-propagations --transit-gateway-route-table-id ${id}`,
  listeners: (id: string) => `elbv2 describe-listeners --load-balancer-arn ${id}`,
  balancerAttributes: (id: string) =>
    `elbv2 describe-load-balancer-attributes --load-balancer-arn ${id}`,
  targetGroup: (id: string) => `elbv2 describe-target-groups --target-group-arns ${id}`,
  targetGroupAttributes: (id: string) =>
    `elbv2 describe-target-group-attributes --target-group-arn ${id}`,
  targetHealth: (id: string) => `elbv2 describe-target-health --target-group-arn ${id}`,
} as const
