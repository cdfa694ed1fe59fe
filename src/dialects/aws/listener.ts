import type { Backend, Listener } from '#model'

import { compareText } from '../compare-text.ts'
import { note } from '../note.ts'
import { elementsOf, shown, textOf, wholeOf } from '../spot.ts'
import { wordIn } from '../word.ts'
import { askAbout } from './ask.ts'
import { field } from './field.ts'
import { isListed, miss, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import { readTargetGroup } from './target-group.ts'

/** Listeners with encryption carry TCP, those with QUIC carry UDP. */
const protocols = {
  tcp: ['tcp'],
  tls: ['tcp'],
  udp: ['udp'],
  quic: ['udp'],
  tcp_udp: ['tcp', 'udp'],
  tcp_quic: ['tcp', 'udp'],
} as const satisfies Record<string, readonly Listener['protocol'][]>

/** The listeners of one load balancer; undefined where nobody listed them. */
export function readListeners(
  reading: Reading,
  balancer: ApiRecord,
): readonly Listener[] | undefined {
  const own = listenersOf(reading, balancer)
  if (own.length === 0 && !isListed(reading, 'listener', balancer)) {
    miss(reading, 'loadBalancer', balancer, askAbout.listeners(balancer.id))
    return undefined
  }
  return own
    .flatMap((record) => readListener(reading, balancer, record))
    .toSorted((a, b) => a.port - b.port || compareText(a.protocol, b.protocol))
}

function listenersOf(reading: Reading, balancer: ApiRecord): readonly ApiRecord[] {
  return recordsOf(reading, 'listener').filter(
    (record) => textOf(at(record, 'LoadBalancerArn')) === balancer.id,
  )
}

function readListener(reading: Reading, balancer: ApiRecord, record: ApiRecord): Listener[] {
  const call = askAbout.listeners(balancer.id)
  const [word, portSpot] = [at(record, 'Protocol'), at(record, 'Port')]
  const found = wordIn<readonly Listener['protocol'][]>(protocols, textOf(word))
  const port = wholeOf(portSpot)
  if (!found || port === undefined || port < 1 || port > 65_535) {
    const [spot, what] = found ? [portSpot, 'its port'] : [word, 'its protocol']
    unreadable(reading, 'loadBalancer', balancer, spot, `a listener, ${what}`, call)
    return []
  }
  const groups = groupsOf(record).map((arn) => readTargetGroup(reading, balancer, arn))
  const keeps = groups.flatMap(({ keepsClient }) => keepsClient ?? [])
  if (new Set(keeps).size > 1) {
    const message = `${record.id}: its target groups differ in whether they see the client: ${shown(word)}.`
    note(reading, 'warning', word, 'load-balancer.clients-differ', message)
    miss(reading, 'loadBalancer', balancer, call)
  }
  const [keepsClient] = keeps
  const backends = distinct(groups.flatMap((group) => group.backends))
  return found.map((protocol) => ({
    protocol,
    port,
    state: 'running',
    backends,
    ...(keepsClient !== undefined && { keepsClient }),
  }))
}

/** Two groups may have the same server at the same port. */
function distinct(backends: readonly Backend[]): readonly Backend[] {
  const byServer = new Map(
    backends.map((each) => [JSON.stringify([each.target.kind, each.target.id, each.port]), each]),
  )
  return [...byServer].toSorted(([a], [b]) => compareText(a, b)).map(([, backend]) => backend)
}

/** Every target group behind a load balancer. */
export function targetGroupsOf(reading: Reading, balancer: ApiRecord): readonly string[] {
  return [...new Set(listenersOf(reading, balancer).flatMap(groupsOf))].toSorted(compareText)
}

/** A listener of the transport layer forwards, and does nothing else. */
function groupsOf(record: ApiRecord): readonly string[] {
  const arns = elementsOf(at(record, 'DefaultActions')).flatMap((action) => {
    const weighted = elementsOf(field(field(action, 'ForwardConfig'), 'TargetGroups'))
    const spots = [
      field(action, 'TargetGroupArn'),
      ...weighted.map((each) => field(each, 'TargetGroupArn')),
    ]
    return spots.flatMap((spot) => textOf(spot) ?? [])
  })
  return [...new Set(arns)].toSorted(compareText)
}
