/** Clouds whose resources a network file may hold. */
export const providers = ['alibaba', 'aws', 'azure'] as const
/** One of `providers`. */
export type Provider = (typeof providers)[number]

/**
 * What every resource carries. Its key is (provider, account, region, kind, id), so that several
 * accounts and clouds fit in one file (design brief §5.1).
 */
export interface Resource<Identity extends string = string> {
  readonly provider: Provider
  readonly account: string
  readonly region: string
  readonly id: Identity
  /** The name its owner gave it; not unique. */
  readonly name?: string
}

/** Resource kinds in file order; each is the name of its array in the network file. */
export const resourceKinds = [
  'vpc',
  'subnet',
  'instance',
  'networkInterface',
  'securityGroup',
  'networkAcl',
  'routeTable',
  'publicAddress',
  'natGateway',
  'internetGateway',
  'peering',
  'routerInterface',
  'transitRouter',
  'vpnGateway',
  'line',
  'loadBalancer',
  'prefixList',
  'haVip',
  'endpoint',
  'cloudService',
  'bastion',
  'applicationGateway',
  'scaleSet',
] as const
/** One of `resourceKinds`. */
export type ResourceKind = (typeof resourceKinds)[number]
