import type { SecurityGroup, SecurityGroupRule } from '#model'

import { idOf } from '../brand.ts'
import { note } from '../note.ts'
import { textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { collectionsOf } from './admin-member.ts'
import type { Collection } from './admin-member.ts'
import { field } from './field.ts'
import { listAt } from './link.ts'
import { identityOf, partsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { here } from './record.ts'
import type { ArmRecord } from './record.ts'
import { readSide } from './rule-side.ts'
import type { Side } from './rule-side.ts'
import { inOrder } from './rule-order.ts'
import { refuse, ruleOf } from './security-rule.ts'

/** Rule collections of network managers, which are asked before security groups. */
export function adminGroups(reading: Reading): readonly SecurityGroup[] {
  return collectionsOf(reading).map((collection) => {
    const { id, first, call } = collection
    const message = `${id}: its rules count from when its configuration is deployed, and are taken to be.`
    note(reading, 'info', here(first), 'admin-group.deployment-unknown', message)
    const rules = partsOf(reading, { id }, 'adminRule').flatMap((rule) =>
      readRule(reading, collection, rule, call),
    )
    const { provider, account, region } = identityOf(first)
    const name = collection.id.slice(collection.id.lastIndexOf('/') + 1)
    const place = { provider, account, region, name }
    return { id: idOf(id), ...place, type: 'admin', intraGroup: 'drop', rules: inOrder(rules) }
  })
}

function readRule(
  reading: Reading,
  { id, first }: Collection,
  rule: ArmRecord,
  call: string,
): SecurityGroupRule[] {
  const sides = {
    source: sideOf(reading, listAt(reading, rule, 'sources')),
    destination: sideOf(reading, listAt(reading, rule, 'destinations')),
  }
  const { account, region } = first
  const read = ruleOf(rule, sides)
  return read ? [read] : refuse(reading, { id, account, region }, rule, call)
}

/** Nothing named is everybody. What a network group stands for on a side is not understood. */
function sideOf(reading: Reading, items: readonly Spot[]): Side | undefined {
  if (items.length === 0) return 'any'
  const types = items.map((item) => textOf(field(item, 'addressPrefixType'))?.toLowerCase())
  if (types.includes('networkgroup')) return undefined
  return readSide(
    reading,
    items.map((item) => field(item, 'addressPrefix')),
  )
}
