import type { SecurityGroup, SecurityGroupRule } from '#model'

import { idOf } from '../brand.ts'
import { canonicalText } from '../canonical-text.ts'
import { compareText } from '../compare-text.ts'
import { elementsOf, textOf } from '../spot.ts'
import { ask } from './ask.ts'
import { hasField } from './field.ts'
import { identityOf, miss, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import { findRuleIds } from './rule-id.ts'
import type { RuleIds } from './rule-id.ts'
import { readPermission } from './security-rule.ts'
import type { DraftRule } from './security-rule.ts'

/** Security groups: what any rule accepts passes, members included; there are no other rules. */
export function readSecurityGroups(reading: Reading): readonly SecurityGroup[] {
  const ids = findRuleIds(reading)
  return recordsOf(reading, 'securityGroup').map((record) => {
    const vpcId = textOf(at(record, 'VpcId'))
    const printed = ['IpPermissions', 'IpPermissionsEgress'] as const
    if (printed.some((key) => record.spots.every((spot) => !hasField(spot, key)))) {
      miss(reading, 'securityGroup', record, ask.securityGroup(record.id))
    }
    return {
      id: idOf(record.id),
      ...identityOf(record, 'GroupName'),
      ...(vpcId !== undefined && { vpcId: idOf(vpcId) }),
      type: 'basic',
      intraGroup: 'drop',
      rules: [
        ...readRules(reading, record, 'ingress', ids),
        ...readRules(reading, record, 'egress', ids),
      ],
    }
  })
}

const lists = { ingress: 'IpPermissions', egress: 'IpPermissionsEgress' } as const

/** In an order of their own: the API promises none. Those without a listed id are numbered. */
function readRules(
  reading: Reading,
  group: ApiRecord,
  direction: 'ingress' | 'egress',
  ids: RuleIds,
): readonly SecurityGroupRule[] {
  const drafts = elementsOf(at(group, lists[direction])).flatMap((permission) =>
    readPermission(reading, group, direction, permission),
  )
  const distinct = new Map(drafts.map((draft) => [canonicalText(draft), draft]))
  const sorted = [...distinct].toSorted(([a], [b]) => compareText(a, b)).map(([, draft]) => draft)
  return sorted.map((draft: DraftRule, index) => {
    const id = ids.idOf(group.id, draft) ?? `${group.id}/${direction}/${index + 1}`
    return { id, ...draft }
  })
}
