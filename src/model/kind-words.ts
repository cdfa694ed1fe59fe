import type { ResourceKind } from './resource.ts'

/** Each resource kind in English, for sentences about a network file. */
export const kindWords = {
  vpc: 'VPC',
  subnet: 'subnet',
  instance: 'instance',
  networkInterface: 'network interface',
  securityGroup: 'security group',
  networkAcl: 'network ACL',
  routeTable: 'route table',
  publicAddress: 'public address',
  natGateway: 'NAT gateway',
  internetGateway: 'Internet gateway',
  peering: 'peering',
  routerInterface: 'router interface',
  transitRouter: 'transit router',
  vpnGateway: 'VPN gateway',
  line: 'line',
  loadBalancer: 'load balancer',
  prefixList: 'prefix list',
  haVip: 'HaVip',
  endpoint: 'endpoint',
  cloudService: 'cloud service',
  bastion: 'bastion',
  applicationGateway: 'application gateway',
  scaleSet: 'scale set',
} as const satisfies Record<ResourceKind, string>
