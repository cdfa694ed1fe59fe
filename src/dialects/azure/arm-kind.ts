// A table, a row for each type of resource: longer than other files, and read from top to bottom.
import type { GapKind } from '#model'

/** A kind of resource that this dialect reads. */
export interface ArmKind {
  /** As ids spell it, in small letters. */
  readonly type: string
  /** What of the model is in doubt where two sources contradict each other. */
  readonly gap: GapKind
  /** Fields a verdict can depend on: two sources that differ in one were taken at two times. */
  readonly facts: readonly string[]
  /** Lists of parts that have ids of their own, so that they may also be listed alone. */
  readonly parts?: readonly string[]
  /** Whose content a part is; absent: its own. */
  readonly partOf?: 'parent'
}

const network = 'microsoft.network'
const compute = 'microsoft.compute'
const scaleSet = `${compute}/virtualmachinescalesets`
const admin = `${network}/networkmanagers/securityadminconfigurations`

const interfaceFacts = ['networkSecurityGroup', 'virtualMachine', 'enableIPForwarding'] as const
const configurationFacts = [
  'privateIPAddress',
  'subnet',
  'publicIPAddress',
  'applicationSecurityGroups',
] as const
const ruleFacts = [
  'access',
  'priority',
  'direction',
  'protocol',
  'sources',
  'destinations',
  ...['source', 'destination'].flatMap((side) => [
    `${side}AddressPrefix`,
    `${side}AddressPrefixes`,
    `${side}ApplicationSecurityGroups`,
    `${side}PortRange`,
    `${side}PortRanges`,
  ]),
]

const interfaceKind = (type: string): ArmKind => ({
  type,
  gap: 'networkInterface',
  facts: interfaceFacts,
  parts: ['ipConfigurations'],
})
const configurationKind = (type: string): ArmKind => ({
  type: `${type}/ipconfigurations`,
  gap: 'networkInterface',
  facts: configurationFacts,
  partOf: 'parent',
})
const ruleKind = (type: string): ArmKind => ({
  type,
  gap: 'securityGroup',
  facts: ruleFacts,
  partOf: 'parent',
})
const balancerPart = (name: string, ...facts: readonly string[]): ArmKind => ({
  type: `${network}/loadbalancers/${name}`,
  gap: 'loadBalancer',
  facts,
  partOf: 'parent',
})

/** Every kind, by its name here; a name is also the word for it in notes. */
export const armKinds = {
  virtualNetwork: {
    type: `${network}/virtualnetworks`,
    gap: 'vpc',
    facts: ['addressSpace'],
    parts: ['subnets', 'virtualNetworkPeerings'],
  },
  subnet: {
    type: `${network}/virtualnetworks/subnets`,
    gap: 'subnet',
    facts: ['addressPrefix', 'addressPrefixes', 'networkSecurityGroup', 'routeTable', 'natGateway'],
  },
  peering: {
    type: `${network}/virtualnetworks/virtualnetworkpeerings`,
    gap: 'peering',
    facts: ['remoteVirtualNetwork', 'peeringState', 'allowForwardedTraffic'],
  },
  securityGroup: {
    type: `${network}/networksecuritygroups`,
    gap: 'securityGroup',
    facts: [],
    parts: ['securityRules', 'defaultSecurityRules'],
  },
  securityRule: ruleKind(`${network}/networksecuritygroups/securityrules`),
  defaultRule: ruleKind(`${network}/networksecuritygroups/defaultsecurityrules`),
  applicationGroup: {
    type: `${network}/applicationsecuritygroups`,
    gap: 'securityGroup',
    facts: [],
  },
  networkGroup: {
    type: `${network}/networkmanagers/networkgroups`,
    gap: 'securityGroup',
    facts: [],
    parts: ['staticMembers'],
  },
  groupMember: {
    type: `${network}/networkmanagers/networkgroups/staticmembers`,
    gap: 'securityGroup',
    facts: ['resourceId'],
    partOf: 'parent',
  },
  adminCollection: {
    type: `${admin}/rulecollections`,
    gap: 'securityGroup',
    facts: ['appliesToGroups'],
    parts: ['rules'],
  },
  adminRule: ruleKind(`${admin}/rulecollections/rules`),
  routeTable: {
    type: `${network}/routetables`,
    gap: 'routeTable',
    facts: ['disableBgpRoutePropagation'],
    parts: ['routes'],
  },
  route: {
    type: `${network}/routetables/routes`,
    gap: 'routeTable',
    facts: ['addressPrefix', 'nextHopType', 'nextHopIpAddress'],
    partOf: 'parent',
  },
  networkInterface: interfaceKind(`${network}/networkinterfaces`),
  scaleSetInterface: interfaceKind(`${scaleSet}/virtualmachines/networkinterfaces`),
  configuration: configurationKind(`${network}/networkinterfaces`),
  scaleSetConfiguration: configurationKind(`${scaleSet}/virtualmachines/networkinterfaces`),
  virtualMachine: { type: `${compute}/virtualmachines`, gap: 'instance', facts: [] },
  scaleSetMachine: { type: `${scaleSet}/virtualmachines`, gap: 'instance', facts: [] },
  scaleSet: { type: scaleSet, gap: 'scaleSet', facts: [] },
  publicAddress: {
    type: `${network}/publicipaddresses`,
    gap: 'publicAddress',
    facts: ['ipAddress', 'ipConfiguration', 'natGateway'],
  },
  publicPrefix: { type: `${network}/publicipprefixes`, gap: 'natGateway', facts: ['ipPrefix'] },
  natGateway: {
    type: `${network}/natgateways`,
    gap: 'natGateway',
    facts: ['publicIpAddresses', 'publicIpPrefixes', 'subnets'],
  },
  loadBalancer: {
    type: `${network}/loadbalancers`,
    gap: 'loadBalancer',
    facts: [],
    parts: [
      'frontendIPConfigurations',
      'backendAddressPools',
      'loadBalancingRules',
      'inboundNatRules',
      'outboundRules',
    ],
  },
  frontend: balancerPart('frontendipconfigurations', 'privateIPAddress', 'publicIPAddress'),
  pool: balancerPart('backendaddresspools', 'backendIPConfigurations'),
  balancingRule: balancerPart(
    'loadbalancingrules',
    'frontendIPConfiguration',
    'backendAddressPool',
    'protocol',
    'frontendPort',
    'backendPort',
  ),
  inboundRule: balancerPart(
    'inboundnatrules',
    'frontendIPConfiguration',
    'backendIPConfiguration',
    'protocol',
    'frontendPort',
  ),
  outboundRule: balancerPart('outboundrules', 'frontendIPConfigurations', 'backendAddressPool'),
  privateEndpoint: {
    type: `${network}/privateendpoints`,
    gap: 'endpoint',
    facts: ['subnet', 'networkInterfaces'],
  },
  gateway: { type: `${network}/virtualnetworkgateways`, gap: 'vpnGateway', facts: [] },
  connection: {
    type: `${network}/connections`,
    gap: 'line',
    facts: ['virtualNetworkGateway1', 'localNetworkGateway2', 'connectionStatus', 'enableBgp'],
  },
  localGateway: {
    type: `${network}/localnetworkgateways`,
    gap: 'line',
    facts: ['localNetworkAddressSpace'],
  },
  circuit: { type: `${network}/expressroutecircuits`, gap: 'line', facts: [] },
  firewall: { type: `${network}/azurefirewalls`, gap: 'networkInterface', facts: [] },
  bastion: { type: `${network}/bastionhosts`, gap: 'bastion', facts: [] },
  applicationGateway: {
    type: `${network}/applicationgateways`,
    gap: 'applicationGateway',
    facts: [],
  },
} as const satisfies Record<string, ArmKind>

export type KindName = keyof typeof armKinds

export const kindNames = Object.keys(armKinds).filter(isKindName)

function isKindName(name: string): name is KindName {
  return Object.hasOwn(armKinds, name)
}

const byType = new Map(kindNames.map((name) => [kindOf(name).type, name]))

/** The row of a kind, with the fields that only some have. */
export function kindOf(name: KindName): ArmKind {
  return armKinds[name]
}

/** Undefined: nothing here depends on resources of that type. */
export function kindOfType(type: string): KindName | undefined {
  return byType.get(type)
}
