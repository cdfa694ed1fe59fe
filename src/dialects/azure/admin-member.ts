import { compareText } from '../compare-text.ts'
import { note } from '../note.ts'
import { elementsOf, textOf } from '../spot.ts'
import { keyOf, parentId, parseArmId } from './arm-id.ts'
import { kindOfType } from './arm-kind.ts'
import { field } from './field.ts'
import { miss, partsOf, recordOf, recordsOf, spelling } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ArmRecord } from './record.ts'

/** The collections that hold for a virtual network. */
export type AdminMembers = (networkId: string) => readonly string[]

/** A rule collection, listed itself or known by its rules only. */
export interface Collection {
  readonly id: string
  readonly first: ArmRecord
  readonly call: string
}

export function collectionsOf(reading: Reading): readonly Collection[] {
  const all = new Map<string, Collection>()
  for (const record of recordsOf(reading, 'adminCollection', 'adminRule')) {
    const id = record.kind === 'adminCollection' ? record.id : parentId(record.id)
    const known = all.has(keyOf(id))
    if (!known) all.set(keyOf(id), { id, first: record, call: askRules(id) })
  }
  return [...all.values()].toSorted((a, b) => compareText(a.id, b.id))
}

/**
 * Whom the collections hold for: the networks that their network groups name one by one. Where a
 * group chooses its members by a condition, any network may be one, and the collection is in doubt.
 */
export function adminMembers(reading: Reading): AdminMembers {
  const named = new Map<string, string[]>()
  const everywhere: string[] = []
  for (const collection of collectionsOf(reading)) {
    const networks = networksOf(reading, collection)
    if (!networks) everywhere.push(collection.id)
    for (const network of networks ?? []) {
      named.set(keyOf(network), [...(named.get(keyOf(network)) ?? []), collection.id])
    }
  }
  return (id) =>
    [...new Set([...(named.get(keyOf(id)) ?? []), ...everywhere])].toSorted(compareText)
}

/** Undefined: nothing says whom it holds for. */
function networksOf(reading: Reading, collection: Collection): readonly string[] | undefined {
  const groups = groupsOf(reading, collection)
  const members = groups.flatMap((id) => partsOf(reading, { id }, 'groupMember'))
  const networks = members.flatMap((member) => textOf(at(member, 'resourceId')) ?? [])
  const isNetwork = (id: string): boolean =>
    kindOfType(parseArmId(id)?.type ?? '') === 'virtualNetwork'
  const told = groups.every((id) => partsOf(reading, { id }, 'groupMember').length > 0)
  if (groups.length > 0 && told && networks.every(isNetwork)) return networks
  const { id, first, call } = collection
  const message = `${id}: nothing says which virtual networks it holds for; it may hold for any.`
  note(reading, 'warning', here(first), 'admin-group.members-unknown', message)
  const group = groups.find((each) => partsOf(reading, { id: each }, 'groupMember').length === 0)
  const { account, region } = first
  miss(reading, 'securityGroup', { id, account, region }, group ? askMembers(group) : call)
  return undefined
}

/** The network groups a collection names, or its rules where they were listed as effective ones. */
function groupsOf(reading: Reading, { id }: Collection): readonly string[] {
  const listed = recordOf(reading, id)
  const lists = [
    ...(listed ? elementsOf(at(listed, 'appliesToGroups')) : []),
    ...partsOf(reading, { id }, 'adminRule').flatMap((rule) =>
      elementsOf(at(rule, 'ruleCollectionAppliesToGroups')),
    ),
  ]
  const ids = lists.flatMap((item) => textOf(field(item, 'networkGroupId')) ?? [])
  return [...new Set(ids.map((each) => spelling(reading, each)))]
}

function askRules(id: string): string {
  const { names, place } = placeOf(id)
  const [manager = '', configuration = '', collection = ''] = names
  return `network manager security-admin-config rule-collection rule list --network-manager-name ${manager} --configuration-name ${configuration} --rule-collection-name ${collection}${place}`
}

function askMembers(id: string): string {
  const { names, place } = placeOf(id)
  const [manager = '', group = ''] = names
  return `network manager group static-member list --network-manager-name ${manager} --network-group-name ${group}${place}`
}

function placeOf(id: string): { readonly names: readonly string[]; readonly place: string } {
  const { names = [], group = '', subscription = '' } = parseArmId(id) ?? {}
  return { names, place: ` --resource-group ${group} --subscription ${subscription}` }
}
