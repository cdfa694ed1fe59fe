import type { GapKind } from '#model'

import { elementsOf, isAbsent } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { ask, askAll } from './ask.ts'
import { parentId, parseArmId } from './arm-id.ts'
import { kindNames, kindOf, kindOfType } from './arm-kind.ts'
import type { KindName } from './arm-kind.ts'
import { namedId } from './field.ts'
import { miss, partsOf, recordOf, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ArmRecord } from './record.ts'

/**
 * Reports what nothing in the input names although a verdict may need it. Almost all resources of
 * Azure are named by others, and missed by their ids where they are not listed; these are not.
 */
export function reportUnlisted(reading: Reading, lists: readonly Spot[]): void {
  const empty = emptyKinds(lists)
  if (recordsOf(reading, 'virtualNetwork').length === 0 && !empty.has('virtualNetwork')) {
    miss(reading, 'vpc', {}, askAll.networks)
  }
  const interfaces = recordsOf(reading, 'networkInterface', 'scaleSetInterface')
  if (interfaces.length === 0 && !empty.has('networkInterface')) {
    miss(reading, 'networkInterface', {}, askAll.interfaces)
  }
  if (!empty.has('peering')) reportUntoldPeerings(reading)
  if (!empty.has('connection')) reportUnlistedLines(reading)
  reportUnlistedHolders(reading)
}

/** Kinds of which an empty list says, by its key or file, that there are none. */
function emptyKinds(lists: readonly Spot[]): ReadonlySet<KindName> {
  const words = new Set(lists.filter((spot) => elementsOf(spot).length === 0).map(wordOf))
  return new Set(kindNames.filter((name) => words.has(kindOf(name).type.split('/').at(-1) ?? '')))
}

/** `natGateways`, `nat-gateways.json` and `nat-gateways.json` with `value` in it are all the same. */
function wordOf(spot: Spot): string {
  const keys: (string | number)[] = []
  for (let at: Spot | undefined = spot; at?.key !== undefined; at = at.within) keys.push(at.key)
  const key = keys.find((each) => typeof each === 'string' && !['value', 'data'].includes(each))
  const name =
    key ??
    spot.file
      .split(/[/\\]/)
      .at(-1)
      ?.replace(/\.jsonl?(?:#\d+)?$/, '') ??
    ''
  return String(name)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
}

/** A network prints its peerings, be there none. */
function reportUntoldPeerings(reading: Reading): void {
  for (const network of recordsOf(reading, 'virtualNetwork')) {
    const told = !isAbsent(at(network, 'virtualNetworkPeerings'))
    if (told || partsOf(reading, network, 'peering').length > 0) continue
    const { account, region } = network
    miss(reading, 'peering', { account, region }, ask(network.id))
  }
}

/** A gateway does not say which connections it has. */
function reportUnlistedLines(reading: Reading): void {
  const connections = recordsOf(reading, 'connection')
  for (const { id, account, region } of recordsOf(reading, 'gateway')) {
    if (connections.some((each) => each.account === account)) continue
    const group = parseArmId(id)?.group ?? ''
    miss(reading, 'line', { account, region }, askAll.connections(group))
  }
}

/** What a subnet says stands in it, by the kind of whose part it names. */
const holders: readonly (readonly [KindName, GapKind])[] = [
  ['networkInterface', 'networkInterface'],
  ['scaleSetInterface', 'networkInterface'],
  ['loadBalancer', 'loadBalancer'],
  ['gateway', 'vpnGateway'],
  ['firewall', 'networkInterface'],
]

/** Who has an address in a subnet and is not listed. */
function reportUnlistedHolders(reading: Reading): void {
  for (const subnet of recordsOf(reading, 'subnet')) {
    for (const item of elementsOf(at(subnet, 'ipConfigurations'))) {
      const part = namedId(item)
      if (part !== undefined) reportHolder(reading, subnet, part)
    }
  }
}

function reportHolder(reading: Reading, { account, region }: ArmRecord, part: string): void {
  const owner = parentId(part)
  const kind = kindOfType(parseArmId(owner)?.type ?? '')
  const holder = holders.find(([name]) => name === kind)
  if (!holder || recordOf(reading, owner)) return
  const [, gap] = holder
  // A frontend of a load balancer is one of the model's.
  const id = gap === 'loadBalancer' ? part : owner
  miss(reading, gap, { id, account, region }, ask(owner))
}
