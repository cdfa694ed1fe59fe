import type { SecurityGroup, SecurityGroupRule } from '#model'

import { ask, askAbout } from './ask.ts'
import { idOf } from '../brand.ts'
import { note } from '../note.ts'
import { groupByOwner, identityOf, isAnswered, miss, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { readRule } from './security-rule.ts'
import type { DraftRule } from './security-rule.ts'
import { child, isAbsent, textOf, textsOf } from '../spot.ts'
import { wordIn } from '../word.ts'

/** Security groups, listed or detailed. One whose rules were not read is a stub with a gap. */
export function readSecurityGroups(reading: Reading): readonly SecurityGroup[] {
  const rules = groupByOwner(reading, 'permission')
  const vpcs = vpcsOfMembers(reading)
  return recordsOf(reading, 'securityGroup').map((record) => {
    const vpcId = textOf(at(record, 'VpcId')) ?? vpcs.get(record.id)
    if (!isAnswered(reading, record.id, 'DescribeSecurityGroupAttribute')) {
      miss(reading, 'securityGroup', record, ask.securityGroup(record.id))
    }
    const type = typeOf(reading, record)
    return {
      id: idOf(record.id),
      ...identityOf(record, 'SecurityGroupName'),
      ...(vpcId !== undefined && { vpcId: idOf(vpcId) }),
      type,
      intraGroup: intraGroupOf(reading, record, type),
      rules: readRules(reading, record, rules.get(record.id) ?? []),
    }
  })
}

/** The listing prints `VpcId: ""` for classic groups; where it is left out, a member may tell. */
function vpcsOfMembers(reading: Reading): ReadonlyMap<string, string> {
  const vpcs = new Map<string, string>()
  for (const member of recordsOf(reading, 'networkInterface')) {
    const vpc = textOf(at(member, 'VpcId'))
    if (vpc === undefined) continue
    for (const group of textsOf(at(member, 'SecurityGroupIds'), 'SecurityGroupId')) {
      if (!vpcs.has(group)) vpcs.set(group, vpc)
    }
  }
  return vpcs
}

const types = { normal: 'basic', enterprise: 'enterprise' } as const

/** Only the listing prints the type. `Accept` proves a basic group: advanced ones are never so. */
function typeOf(reading: Reading, record: ApiRecord): SecurityGroup['type'] {
  const spot = at(record, 'SecurityGroupType')
  const known = wordIn(types, textOf(spot))
  if (known) return known
  const call = askAbout.groupType(record.id)
  if (!isAbsent(spot)) unreadable(reading, 'securityGroup', record, spot, 'its type', call)
  else if (textOf(at(record, 'InnerAccessPolicy'))?.toLowerCase() === 'drop') {
    miss(reading, 'securityGroup', record, call)
  }
  return 'basic'
}

function intraGroupOf(
  reading: Reading,
  record: ApiRecord,
  type: SecurityGroup['type'],
): SecurityGroup['intraGroup'] {
  if (type === 'enterprise') return 'drop'
  const spot = at(record, 'InnerAccessPolicy')
  const policy = wordIn({ accept: 'accept', drop: 'drop' } as const, textOf(spot))
  if (policy) return policy
  if (!isAbsent(spot)) {
    const what = 'its InnerAccessPolicy'
    unreadable(reading, 'securityGroup', record, spot, what, ask.securityGroup(record.id))
  } else if (isAnswered(reading, record.id, 'DescribeSecurityGroupAttribute')) {
    // The API always prints it; documents cut down by hand may not. Basic groups begin as Accept.
    const message = `${record.id}: no InnerAccessPolicy; Accept is assumed, as groups begin with it.`
    note(reading, 'warning', here(record), 'security-group.no-inner-access-policy', message)
  }
  return 'accept'
}

/** In the order they count in; those without an id of their own are numbered in that order. */
function readRules(
  reading: Reading,
  group: ApiRecord,
  permissions: readonly ApiRecord[],
): readonly SecurityGroupRule[] {
  const classic = group.spots.some((spot) => child(spot, 'VpcId').value === '')
  const drafts = permissions.flatMap((each) => readRule(reading, group, each, classic))
  const counts = { ingress: 0, egress: 0 }
  return drafts.toSorted(byPrecedence).map(({ id, ...rule }) => {
    counts[rule.direction] += 1
    return { id: id ?? `${group.id}/${rule.direction}/${counts[rule.direction]}`, ...rule }
  })
}

/** On equal priority `drop` counts first. The rest of the order (by content) is kept as it was. */
function byPrecedence(a: DraftRule, b: DraftRule): number {
  return (
    Number(a.direction === 'egress') - Number(b.direction === 'egress') ||
    a.priority - b.priority ||
    Number(a.action === 'accept') - Number(b.action === 'accept')
  )
}
