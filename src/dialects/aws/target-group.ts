import type { Backend, BackendTarget } from '#model'

import { addressAt, note } from '../note.ts'
import { isAbsent, textOf, truthOf, wholeOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt, wordIn } from '../word.ts'
import { askAbout } from './ask.ts'
import { attributeOf } from './attribute.ts'
import { field } from './field.ts'
import { miss, recordOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, listed } from './record.ts'
import type { ApiRecord } from './record.ts'

/** The servers of a target group, and whether they see who the client is. */
export interface ReadTargetGroup {
  readonly backends: readonly Backend[]
  readonly keepsClient?: boolean
}

export function readTargetGroup(
  reading: Reading,
  balancer: ApiRecord,
  arn: string,
): ReadTargetGroup {
  const group = recordOf(reading, 'targetGroup', arn)
  const health = recordOf(reading, 'targetHealth', arn)
  if (!group) miss(reading, 'loadBalancer', balancer, askAbout.targetGroup(arn))
  if (!health) miss(reading, 'loadBalancer', balancer, askAbout.targetHealth(arn))
  const backends = (health ? listed(health, 'TargetHealthDescriptions') : []).flatMap((item) =>
    readTarget(reading, balancer, { group, arn, item }),
  )
  const keepsClient = group && keepsClientOf(reading, group)
  return { backends, ...(keepsClient !== undefined && { keepsClient }) }
}

/** Instances see the client; addresses see it over UDP, and over TCP only if told so. */
function keepsClientOf(reading: Reading, group: ApiRecord): boolean {
  const answer = recordOf(reading, 'targetGroupAttributes', group.id)
  const told = answer && truthOf(attributeOf(answer, 'preserve_client_ip.enabled'))
  if (told !== undefined) return told
  const type = textOf(at(group, 'TargetType'))
  const overUdp = spelt(['udp', 'tcp_udp', 'quic', 'tcp_quic'], textOf(at(group, 'Protocol')))
  const usual = type === undefined || type === 'instance' || overUdp !== undefined
  if (!answer) {
    const message = `${group.id}: its attributes were not read; targets are taken to see ${usual ? 'the client' : 'the load balancer'}, as is usual.`
    note(reading, 'info', at(group, 'TargetType'), 'target-group.usual-client', message)
  }
  return usual
}

interface Target {
  readonly group: ApiRecord | undefined
  readonly arn: string
  readonly item: Spot
}

function readTarget(
  reading: Reading,
  balancer: ApiRecord,
  { group, arn, item }: Target,
): Backend[] {
  const target = field(item, 'Target')
  const server = serverOf(target)
  const own = field(target, 'Port')
  const port = wholeOf(isAbsent(own) && group ? at(group, 'Port') : own)
  if (!server || port === undefined || port < 1 || port > 65_535) {
    const call = askAbout.targetHealth(arn)
    const [spot, what] = server ? [own, 'the port of a target'] : [target, 'a target']
    unreadable(reading, 'loadBalancer', balancer, spot, what, call)
    return []
  }
  const state = textOf(field(field(item, 'TargetHealth'), 'State'))
  const health = wordIn(healthWords, state)
  // A target that is leaving keeps its connections and gets no new ones.
  const weight = spelt(['draining', 'unhealthy.draining'], state) === undefined ? 1 : 0
  return [{ target: server, port, weight, ...(health && { health }) }]
}

const healthWords = {
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  'unhealthy.draining': 'unhealthy',
} as const

/** An application load balancer as target has an ARN, and no place in the model. */
function serverOf(target: Spot): BackendTarget | undefined {
  const id = textOf(field(target, 'Id'))
  if (id === undefined || id.startsWith('arn:')) return undefined
  const address = addressAt(field(target, 'Id'))
  return address ? { kind: 'address', id: address.address } : { kind: 'instance', id }
}
