import type { SecurityGroup } from '#model'

import { idOf } from '../brand.ts'
import { compareText } from '../compare-text.ts'
import { isAbsent } from '../spot.ts'
import { adminGroups } from './admin-group.ts'
import { ask } from './ask.ts'
import { defaultRules } from './default-rule.ts'
import { identityOf, partsOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ArmRecord } from './record.ts'
import { inOrder } from './rule-order.ts'
import { readSecurityRule } from './security-rule.ts'

/** Network and application security groups, and rule collections of network managers. */
export function readSecurityGroups(reading: Reading): readonly SecurityGroup[] {
  const groups: readonly SecurityGroup[] = [
    ...recordsOf(reading, 'securityGroup').map((record) => readGroup(reading, record)),
    ...recordsOf(reading, 'applicationGroup').map((record) => ({
      ...outside(record),
      type: 'application' as const,
      rules: [],
    })),
    ...adminGroups(reading),
  ]
  return groups.toSorted((a, b) => compareText(a.id, b.id))
}

/** Members of a group need a rule to talk to each other. */
function outside(record: ArmRecord): Omit<SecurityGroup, 'type' | 'rules'> {
  return { id: idOf(record.id), ...identityOf(record), intraGroup: 'drop' }
}

function readGroup(reading: Reading, record: ArmRecord): SecurityGroup {
  const own = partsOf(reading, record, 'securityRule')
  const printed = partsOf(reading, record, 'defaultRule')
  if (own.length === 0 && isAbsent(at(record, 'securityRules'))) {
    unreadable(reading, 'securityGroup', record, here(record), 'its rules', ask(record.id))
  }
  const read = [...own, ...printed].flatMap((rule) =>
    readSecurityRule(reading, record, rule, ask(record.id)),
  )
  const rules = printed.length > 0 ? read : [...read, ...defaultRules(record.id)]
  return { ...outside(record), type: 'network', rules: inOrder(rules) }
}
