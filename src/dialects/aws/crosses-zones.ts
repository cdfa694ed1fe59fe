import { note } from '../note.ts'
import { truthOf } from '../spot.ts'
import { askAbout } from './ask.ts'
import { attributeOf } from './attribute.ts'
import { targetGroupsOf } from './listener.ts'
import { miss, recordOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { here } from './record.ts'
import type { ApiRecord } from './record.ts'

const key = 'load_balancing.cross_zone.enabled'

/** Network load balancers stay in their zones unless told otherwise; target groups may differ. */
export function crossesZones(reading: Reading, balancer: ApiRecord): boolean {
  const answer = recordOf(reading, 'balancerAttributes', balancer.id)
  if (!answer) miss(reading, 'loadBalancer', balancer, askAbout.balancerAttributes(balancer.id))
  const own = (answer && truthOf(attributeOf(answer, key))) ?? false
  const told = targetGroupsOf(reading, balancer).map((arn) => {
    const attributes = recordOf(reading, 'targetGroupAttributes', arn)
    return (attributes && truthOf(attributeOf(attributes, key))) ?? own
  })
  const [first = own] = told
  if (told.every((each) => each === first)) return first
  const message = `${balancer.id}: its target groups differ in whether they cross zones.`
  note(reading, 'warning', here(balancer), 'load-balancer.zones-differ', message)
  miss(reading, 'loadBalancer', balancer, askAbout.balancerAttributes(balancer.id))
  return own
}
