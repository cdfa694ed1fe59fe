import type { SecurityGroupRule } from '#model'

import { elementsOf, isAbsent, textOf, wholeOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { wordIn } from '../word.ts'
import { listAt } from './link.ts'
import { unreadable } from './reading.ts'
import type { Missing, Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ArmRecord } from './record.ts'
import { readPorts, readProtocol } from './rule-port.ts'
import { peerOf, readSide } from './rule-side.ts'
import type { Side } from './rule-side.ts'

const directions = { inbound: 'ingress', outbound: 'egress' } as const

/** What a rule does; `final`: no filter behind it is asked. */
const accesses: Readonly<Record<string, Pick<SecurityGroupRule, 'action' | 'final'>>> = {
  allow: { action: 'accept' },
  deny: { action: 'drop' },
  alwaysallow: { action: 'accept', final: true },
}

/** Who may be on either side of a rule; undefined: it cannot be understood. */
export interface Sides {
  readonly source: Side | undefined
  readonly destination: Side | undefined
}

/** A rule of a network security group. */
export function readSecurityRule(
  reading: Reading,
  group: Missing,
  rule: ArmRecord,
  call: string,
): SecurityGroupRule[] {
  const sides = {
    source: sideOf(reading, rule, 'source'),
    destination: sideOf(reading, rule, 'destination'),
  }
  const read = ruleOf(rule, sides)
  return read ? [read] : refuse(reading, group, rule, call)
}

/** One that cannot be understood is never left out in silence: its group counts as not read. */
export function refuse(reading: Reading, group: Missing, rule: ArmRecord, call: string): [] {
  unreadable(reading, 'securityGroup', group, here(rule), `the rule ${rule.id}`, call)
  return []
}

/** A rule with its sides; undefined where some part of it cannot be understood. */
export function ruleOf(
  rule: ArmRecord,
  { source, destination }: Sides,
): SecurityGroupRule | undefined {
  const access = wordIn(accesses, textOf(at(rule, 'access')))
  const direction = wordIn(directions, textOf(at(rule, 'direction')))
  const priority = wholeOf(at(rule, 'priority'))
  const protocol = readProtocol(at(rule, 'protocol'))
  const ports = portsOf(rule, 'destination')
  const sourcePorts = portsOf(rule, 'source')
  if (!access || !direction || !ports || !sourcePorts || !source || !destination) return undefined
  if (priority === undefined || protocol === undefined) return undefined
  const [far, near] = direction === 'ingress' ? [source, destination] : [destination, source]
  const description = textOf(at(rule, 'description'))
  return {
    id: rule.id,
    direction,
    ...access,
    priority,
    protocol,
    ports,
    ...(sourcePorts.length > 0 && { sourcePorts }),
    peer: peerOf(far),
    ...(near !== 'any' && { own: near }),
    ...(description !== undefined && { description }),
  }
}

type Name = 'source' | 'destination'

function portsOf(rule: ArmRecord, name: Name): ReturnType<typeof readPorts> {
  const [one, several] = [at(rule, `${name}PortRange`), at(rule, `${name}PortRanges`)]
  // Rules of network managers may name no ports at all.
  if (rule.kind === 'adminRule' && isAbsent(one) && elementsOf(several).length === 0) return []
  return readPorts(one, several)
}

function sideOf(reading: Reading, rule: ArmRecord, name: Name): Side | undefined {
  const prefixes: readonly Spot[] = [
    at(rule, `${name}AddressPrefix`),
    ...listAt(reading, rule, `${name}AddressPrefixes`),
  ]
  return readSide(reading, prefixes, listAt(reading, rule, `${name}ApplicationSecurityGroups`))
}
