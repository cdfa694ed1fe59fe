import type { Backend, BackendTarget, Listener, LoadBalancer } from '#model'

import { isAbsent, textOf, truthOf, wholeOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { wordIn } from '../word.ts'
import { ask } from './ask.ts'
import { keyOf } from './arm-id.ts'
import { targetOf } from './balancer-pool.ts'
import type { Pools } from './balancer-pool.ts'
import { namedId } from './field.ts'
import { listAt } from './link.ts'
import { partsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ArmRecord } from './record.ts'

const protocols = { tcp: 'tcp', udp: 'udp', all: 'all' } as const

/** What a frontend takes, and who gets it. */
export function readPorts(
  reading: Reading,
  balancer: ArmRecord,
  frontend: ArmRecord,
  pools: Pools,
): Pick<LoadBalancer, 'listeners' | 'everyPort'> {
  const rules = rulesOf(reading, balancer, frontend, 'balancingRule', 'inboundRule')
  const read = rules.flatMap((rule) => readRule(reading, frontend, rule, pools))
  const listeners = read.flatMap(({ listener }) => listener ?? [])
  const everyPort = read.flatMap((each) => each.everyPort ?? [])
  return { listeners, ...(read.some((each) => each.everyPort) && { everyPort }) }
}

type RuleKind = 'balancingRule' | 'inboundRule'

/** The rules of a load balancer that name a frontend. */
export function rulesOf(
  reading: Reading,
  balancer: ArmRecord,
  frontend: ArmRecord,
  ...kinds: readonly RuleKind[]
): readonly ArmRecord[] {
  return partsOf(reading, balancer, ...kinds).filter((rule) => {
    const id = namedId(at(rule, 'frontendIPConfiguration'))
    return id !== undefined && keyOf(id) === keyOf(frontend.id)
  })
}

interface Taken {
  readonly listener?: Listener
  readonly everyPort?: readonly BackendTarget[]
}

function readRule(
  reading: Reading,
  frontend: ArmRecord,
  rule: ArmRecord,
  pools: Pools,
): readonly Taken[] {
  const refuse = (spot: Spot, what: string): readonly Taken[] => {
    const message = `${what} of ${rule.id}`
    unreadable(reading, 'loadBalancer', frontend, spot, message, ask(frontend.id))
    return []
  }
  const floating = at(rule, 'enableFloatingIP')
  // The packet then keeps the address of the frontend, which the server must have, too.
  if (truthOf(floating) === true) refuse(floating, 'the floating IP')
  const targets = targetsOf(reading, rule, pools)
  const protocol = wordIn(protocols, textOf(at(rule, 'protocol')))
  if (protocol === undefined) return refuse(at(rule, 'protocol'), 'the protocol')
  const port = portOf(at(rule, 'frontendPort'))
  if (port === 0 || protocol === 'all') return [{ everyPort: targets }]
  const inner = portOf(at(rule, 'backendPort'))
  if (port === undefined || inner === undefined || inner === 0) {
    return refuse(here(rule), 'the ports')
  }
  const backends = targets.map((target): Backend => ({ target, port: inner, weight: 1 }))
  return [{ listener: { protocol, port, state: 'running', backends, keepsClient: true } }]
}

function portOf(spot: Spot): number | undefined {
  const port = wholeOf(spot)
  return port !== undefined && port >= 0 && port <= 65_535 ? port : undefined
}

/** The servers of the pools that a rule names, or its only one. */
export function targetsOf(
  reading: Reading,
  rule: ArmRecord,
  { targets }: Pools,
): readonly BackendTarget[] {
  const single = at(rule, 'backendIPConfiguration')
  if (!isAbsent(single)) return targetOf(reading, namedId(single))
  const one = namedId(at(rule, 'backendAddressPool'))
  const several = listAt(reading, rule, 'backendAddressPools').map(namedId)
  const ids = new Set([one, ...several].flatMap((id) => (id === undefined ? [] : [keyOf(id)])))
  const all = [...ids].flatMap((id) => targets(id))
  return [...new Map(all.map((target) => [`${target.kind} ${target.id}`, target])).values()]
}
