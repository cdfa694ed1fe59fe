import { ask } from './ask.ts'
import { note } from '../note.ts'
import { miss, recordOf, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { compareText } from '../compare-text.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import { child, isAbsent, textOf, textsOf, wrappedOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt } from '../word.ts'

/** Route table and network ACL of each vSwitch. Both ends of a binding print it. */
export interface Bindings {
  readonly tables: ReadonlyMap<string, string>
  readonly acls: ReadonlyMap<string, string>
}

export function readBindings(reading: Reading): Bindings {
  const tables: Claims = new Map()
  const acls: Claims = new Map()
  for (const record of recordsOf(reading, 'subnet')) {
    claim(tables, record.id, at(record, 'RouteTable', 'RouteTableId'))
    claim(acls, record.id, at(record, 'NetworkAclId'))
  }
  for (const record of recordsOf(reading, 'routeTable')) claimTable(tables, record)
  for (const record of recordsOf(reading, 'networkAcl')) claimAcl(reading, acls, record)
  return {
    tables: settle(reading, tables, 'routeTable'),
    acls: settle(reading, acls, 'networkAcl'),
  }
}

interface Claim {
  readonly target: string
  readonly spot: Spot
}
type Claims = Map<string, Claim[]>

function claim(claims: Claims, subnet: string, spot: Spot, target = textOf(spot)): void {
  if (target !== undefined) claims.set(subnet, [...(claims.get(subnet) ?? []), { target, spot }])
}

function claimTable(claims: Claims, record: ApiRecord): void {
  const bound = at(record, 'VSwitchIds')
  for (const subnet of textsOf(bound, 'VSwitchId')) claim(claims, subnet, bound, record.id)
}

/** While a binding comes or goes, nobody says from when on its entries count. */
function claimAcl(reading: Reading, claims: Claims, record: ApiRecord): void {
  for (const resource of wrappedOf(at(record, 'Resources'), 'Resource')) {
    const id = child(resource, 'ResourceId')
    const subnet = textOf(id)
    const type = child(resource, 'ResourceType')
    if (subnet === undefined || (textOf(type) ?? 'VSwitch') !== 'VSwitch') continue
    claim(claims, subnet, id, record.id)
    const status = child(resource, 'Status')
    if (isAbsent(status) || spelt(['BINDED'], textOf(status))) continue
    const message = `${record.id} on ${subnet}: the association is ${String(status.value)}.`
    note(reading, 'warning', status, 'network-acl.association-unsettled', message)
    miss(reading, 'networkAcl', record, ask.networkAcl(record.id))
  }
}

function settle(
  reading: Reading,
  claims: Claims,
  kind: 'routeTable' | 'networkAcl',
): ReadonlyMap<string, string> {
  const settled = new Map<string, string>()
  for (const [subnet, made] of claims) {
    const targets = [...new Set(made.map(({ target }) => target))].toSorted(compareText)
    const [chosen] = targets
    if (chosen !== undefined) settled.set(subnet, chosen)
    if (targets.length > 1) contradiction(reading, subnet, made, targets, kind)
  }
  return settled
}

function contradiction(
  reading: Reading,
  subnet: string,
  made: readonly Claim[],
  targets: readonly string[],
  kind: 'routeTable' | 'networkAcl',
): void {
  const message = `${subnet} is said to have each of these as its ${kind}: ${targets.join(', ')}.`
  for (const { spot } of made) note(reading, 'warning', spot, 'resource.contradiction', message)
  const record = recordOf(reading, 'subnet', subnet) ?? { id: subnet }
  miss(reading, 'subnet', record, ask.subnet(subnet))
  // Whichever is taken, what it would do to this vSwitch is not known.
  for (const id of targets) miss(reading, kind, { id }, ask.subnet(subnet))
}
