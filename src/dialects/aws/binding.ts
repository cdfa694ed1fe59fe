import { compareText } from '../compare-text.ts'
import { note } from '../note.ts'
import { elementsOf, isAbsent, textOf, truthOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt } from '../word.ts'
import { ask } from './ask.ts'
import { field } from './field.ts'
import { isListed, miss, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'

/** Route table and network ACL of each subnet, as the tables and ACLs print them. */
export interface Bindings {
  /** Explicit ones only: without one, the VPC's main table holds. */
  readonly tables: ReadonlyMap<string, string>
  readonly acls: ReadonlyMap<string, string>
}

export function readBindings(reading: Reading): Bindings {
  const tables = settle(reading, 'routeTable')
  const acls = settle(reading, 'networkAcl')
  const unbound = recordsOf(reading, 'subnet').filter(({ id }) => !acls.has(id))
  const defaults = defaultAcls(reading)
  const rest = unbound.flatMap((subnet) => {
    const acl = defaults.get(textOf(at(subnet, 'VpcId')) ?? '')
    if (acl === undefined && isListed(reading, 'networkAcl', subnet)) missAcl(reading, subnet)
    return acl === undefined ? [] : [[subnet.id, acl] as const]
  })
  reportTableless(reading, tables)
  return { tables, acls: new Map([...acls, ...rest]) }
}

/** Every subnet has an ACL; where none is listed for it, nobody knows what passes. */
function missAcl(reading: Reading, subnet: ApiRecord): void {
  const call = `ec2 describe-network-acls --filters Name=association.subnet-id,Values=${subnet.id}`
  miss(reading, 'networkAclAssociation', subnet, call)
}

function defaultAcls(reading: Reading): ReadonlyMap<string, string> {
  const acls = recordsOf(reading, 'networkAcl').filter(
    (acl) => truthOf(at(acl, 'IsDefault')) === true,
  )
  return new Map(acls.map((acl) => [textOf(at(acl, 'VpcId')) ?? '', acl.id]))
}

/** A subnet without a table of its own, in a VPC whose main table nobody listed. */
function reportTableless(reading: Reading, tables: ReadonlyMap<string, string>): void {
  const mains = recordsOf(reading, 'routeTable').filter(isMain)
  const served = new Set(mains.map((table) => textOf(at(table, 'VpcId'))))
  for (const subnet of recordsOf(reading, 'subnet')) {
    const vpc = textOf(at(subnet, 'VpcId'))
    if (vpc === undefined || tables.has(subnet.id) || served.has(vpc)) continue
    if (!isListed(reading, 'routeTable', subnet)) continue
    const { account, region } = subnet
    const call = `ec2 describe-route-tables --filters Name=vpc-id,Values=${vpc}`
    miss(reading, 'routeTable', { account, region }, call)
  }
}

export function isMain(table: ApiRecord): boolean {
  return associations(table).some((item) => truthOf(field(item, 'Main')) === true)
}

/** The subnet's or gateway's end of each association that holds. */
export function associations(record: ApiRecord): readonly Spot[] {
  return elementsOf(at(record, 'Associations')).filter((item) => {
    const state = field(field(item, 'AssociationState'), 'State')
    return isAbsent(state) || spelt(['associated', 'associating'], textOf(state)) !== undefined
  })
}

/** A subnet has one of each kind at most; two say that the answers are of two times. */
function settle(reading: Reading, kind: 'routeTable' | 'networkAcl'): ReadonlyMap<string, string> {
  const claims = new Map<string, { readonly id: string; readonly spot: Spot }[]>()
  for (const record of recordsOf(reading, kind)) {
    for (const item of associations(record)) {
      const spot = field(item, 'SubnetId')
      const subnet = textOf(spot)
      if (subnet === undefined) continue
      claims.set(subnet, [...(claims.get(subnet) ?? []), { id: record.id, spot }])
    }
  }
  const settled = new Map<string, string>()
  for (const [subnet, made] of claims) {
    const ids = [...new Set(made.map(({ id }) => id))].toSorted(compareText)
    if (ids[0] !== undefined) settled.set(subnet, ids[0])
    if (ids.length < 2) continue
    const message = `${subnet} is said to have each of these as its ${kind}: ${ids.join(', ')}.`
    for (const { spot } of made) note(reading, 'warning', spot, 'resource.contradiction', message)
    miss(reading, 'subnet', { id: subnet }, ask.subnet(subnet))
    for (const id of ids) miss(reading, kind, { id }, ask[kind](id))
  }
  return settled
}
