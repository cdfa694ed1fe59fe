import { parseArmId } from './arm-id.ts'
import { kindOfType } from './arm-kind.ts'
import type { KindName } from './arm-kind.ts'

/** The command that shows a resource, by its type; parts are shown by what they are part of. */
const commands: Readonly<Partial<Record<KindName, string>>> = {
  virtualNetwork: 'network vnet show',
  subnet: 'network vnet subnet show',
  peering: 'network vnet peering show',
  securityGroup: 'network nsg show',
  applicationGroup: 'network asg show',
  routeTable: 'network route-table show',
  networkInterface: 'network nic show',
  scaleSetInterface: 'vmss nic show',
  virtualMachine: 'vm get-instance-view',
  scaleSetMachine: 'vmss get-instance-view',
  scaleSet: 'vmss show',
  publicAddress: 'network public-ip show',
  publicPrefix: 'network public-ip prefix show',
  natGateway: 'network nat gateway show',
  loadBalancer: 'network lb show',
  privateEndpoint: 'network private-endpoint show',
  gateway: 'network vnet-gateway show',
  connection: 'network vpn-connection show',
  localGateway: 'network local-gateway show',
  circuit: 'network express-route show',
  bastion: 'network bastion show',
  applicationGateway: 'network application-gateway show',
}

/** As the az CLI takes it, without `az`. Resources of other types are shown as ARM prints them. */
export function ask(id: string): string {
  const whole = wholeOf(id)
  const kind = kindOfType(parseArmId(whole)?.type ?? '')
  return `${(kind && commands[kind]) ?? 'resource show'} --ids ${whole}`
}

/** A frontend is shown by its load balancer. */
function wholeOf(id: string): string {
  return /^(.*\/loadBalancers\/[^/]+)\/.+$/i.exec(id)?.[1] ?? id
}

/** The prefixes of every service tag; a location is asked for, but the answer has all of them. */
export function askTags(region: string | undefined): string {
  return `network list-service-tags --location ${region ?? 'westeurope'}`
}

/** Every resource of a type that the account may see, by Resource Graph. */
export function askType(type: string): string {
  return `graph query -q "resources | where type == '${type}'"`
}

/** Lists of whole kinds. */
export const askAll = {
  networks: 'network vnet list',
  interfaces: 'network nic list',
  connections: (group: string) => `network vpn-connection list --resource-group ${group}`,
} as const
