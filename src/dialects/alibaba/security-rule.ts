import type { PortInterval, RuleProtocol, SecurityGroupRule } from '#model'
import { PROTOCOL } from '#net'

import { ask, askAbout } from './ask.ts'
import { readPortList } from './port-range-list.ts'
import { readPortRanges, readProtocol } from './port-words.ts'
import { note } from '../note.ts'
import { miss, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { readPeers } from './rule-peer.ts'
import type { Refuse } from './rule-peer.ts'
import { isAbsent, shown, textOf, wholeOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { wordIn } from '../word.ts'

/** A rule whose id may still be to be made. */
export type DraftRule = Omit<SecurityGroupRule, 'id'> & { readonly id: string | undefined }

const actions = { accept: 'accept', drop: 'drop' } as const
const directions = { ingress: 'ingress', egress: 'egress' } as const

/**
 * One permission: usually one rule, two if it names peers of both families. One that cannot be
 * understood is never left out in silence: the group counts as not read.
 */
export function readRule(
  reading: Reading,
  group: ApiRecord,
  record: ApiRecord,
  classic: boolean,
): readonly DraftRule[] {
  const refuse: Refuse = (spot, what) => {
    unreadable(reading, 'securityGroup', group, spot, what, ask.securityGroup(group.id))
    return undefined
  }
  const known = <Value>(field: string, read: (text: string | undefined) => Value | undefined) => {
    const spot = at(record, field)
    return read(textOf(spot)) ?? refuse(spot, `the ${field} of a rule`)
  }
  const direction = known('Direction', (text) => wordIn(directions, text))
  const action = known('Policy', (text) => wordIn(actions, text))
  const protocol = known('IpProtocol', readProtocol)
  const priority = readPriority(at(record, 'Priority'), refuse)
  const sourcePorts = readSourcePorts(at(record, 'SourcePortRange'), refuse)
  if (!direction || !action || protocol === undefined) return []
  const ports = readPorts(reading, group, record, protocol, refuse)
  const peers = readPeers(reading, record, direction, refuse)
  if (priority === undefined || !sourcePorts || !ports || !peers) return []
  const rest = {
    direction,
    action,
    priority,
    protocol,
    ports,
    ...(sourcePorts.length > 0 && { sourcePorts }),
  }
  return peers.map(({ suffix, ...peer }) => ({
    id: ruleId(record, suffix),
    ...rest,
    ...peer,
    ...nicOf(record, classic),
    ...descriptionOf(record),
  }))
}

/** 1 to 100; groups made before 2020-05-27 have rules of 110. Absent: 1. */
function readPriority(spot: Spot, refuse: Refuse): number | undefined {
  if (isAbsent(spot)) return 1
  const priority = wholeOf(spot)
  const known = priority !== undefined && priority >= 1 && priority <= 110
  return known ? priority : refuse(spot, 'the priority of a rule')
}

function readSourcePorts(spot: Spot, refuse: Refuse): readonly PortInterval[] | undefined {
  if (isAbsent(spot)) return []
  return readPortRanges(textOf(spot)) ?? refuse(spot, 'the SourcePortRange of a rule')
}

function readPorts(
  reading: Reading,
  group: ApiRecord,
  record: ApiRecord,
  protocol: RuleProtocol,
  refuse: Refuse,
): readonly PortInterval[] | undefined {
  const list = textOf(at(record, 'PortRangeListId'))
  const spot = at(record, 'PortRange')
  if (list !== undefined && (isAbsent(spot) || textOf(spot) === '-1/-1')) {
    const ports = readPortList(reading, list)
    if (!ports) miss(reading, 'securityGroup', group, askAbout.portList(list))
    return ports
  }
  const ported = protocol === PROTOCOL.tcp || protocol === PROTOCOL.udp
  if (isAbsent(spot)) return ported ? refuse(here(record), 'the PortRange of a rule') : []
  const ports = readPortRanges(textOf(spot))
  if (!ports) return refuse(spot, 'the PortRange of a rule')
  if (ported || ports.length === 0) return ports
  const wide = ports.some(({ from, to }) => from <= 1 && to === 65_535)
  if (protocol === 'all' && !wide) return refuse(spot, 'the PortRange of a rule for every protocol')
  const message = `${shown(spot)} means nothing to a protocol without ports, and is left out.`
  note(reading, 'info', spot, 'security-group.ports-ignored', message)
  return []
}

function ruleId(record: ApiRecord, suffix = ''): string | undefined {
  const id = textOf(at(record, 'SecurityGroupRuleId'))
  return id === undefined ? undefined : `${id}${suffix}`
}

/** In a VPC one set of rules governs both, whatever NicType says. */
function nicOf(record: ApiRecord, classic: boolean): Pick<SecurityGroupRule, 'nic'> {
  const words = { internet: 'internet', intranet: 'intranet' } as const
  const nic = classic ? wordIn(words, textOf(at(record, 'NicType'))) : undefined
  return nic ? { nic } : {}
}

function descriptionOf(record: ApiRecord): Pick<SecurityGroupRule, 'description'> {
  const description = textOf(at(record, 'Description'))
  return description === undefined ? {} : { description }
}
