import type { RouterInterface } from '#model'

import { ask } from './ask.ts'
import { idOf } from '../brand.ts'
import { identityOf, recordOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { isAbsent, textOf } from '../spot.ts'
import { locksOf, stateWordAt } from './words.ts'

/** Ends of Express Connect links, on VPCs and on virtual border routers. */
export function readRouterInterfaces(reading: Reading): readonly RouterInterface[] {
  return recordsOf(reading, 'routerInterface').flatMap((record) => {
    const call = ask.routerInterface(record.id)
    const subject = { ...record, kind: 'routerInterface', call } as const
    const vpcId = vpcOf(reading, record)
    const oppositeId = textOf(at(record, 'OppositeInterfaceId'))
    const border = textOf(at(record, 'OppositeRouterType'))?.toUpperCase() === 'VBR'
    const oppositeVpcId = border ? undefined : textOf(at(record, 'OppositeVpcInstanceId'))
    const state = stateWordAt(reading, subject, at(record, 'Status'))
    if (state === undefined) return []
    return [
      {
        id: idOf(record.id),
        ...identityOf(record, 'Name'),
        ...(vpcId !== undefined && { vpcId: idOf(vpcId) }),
        ...(oppositeId !== undefined && { oppositeId: idOf(oppositeId) }),
        ...(oppositeVpcId !== undefined && { oppositeVpcId: idOf(oppositeVpcId) }),
        state,
        ...locksOf(at(record, 'OperationLocks'), at(record, 'BusinessStatus')),
      },
    ]
  })
}

/** Absent on a border router. A VPC's end names the VPC, or at least its router. */
function vpcOf(reading: Reading, record: ApiRecord): string | undefined {
  const type = at(record, 'RouterType')
  const word = textOf(type)?.toUpperCase()
  if (word === 'VBR') return undefined
  const call = ask.routerInterface(record.id)
  if (word !== 'VROUTER' && !isAbsent(type)) {
    unreadable(reading, 'routerInterface', record, type, 'its RouterType', call)
  }
  const routerId = textOf(at(record, 'RouterId'))
  const router = recordOf(reading, 'router', routerId ?? '')
  const vpc =
    textOf(at(record, 'VpcInstanceId')) ??
    (router && textOf(at(router, 'VpcId'))) ??
    recordsOf(reading, 'vpc').find((each) => textOf(at(each, 'VRouterId')) === routerId)?.id
  if (vpc === undefined) {
    unreadable(reading, 'routerInterface', record, here(record), 'its VPC', call)
  }
  return vpc
}
