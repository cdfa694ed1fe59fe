import { nameInSentence } from '../describe-value.ts'
import type { Check } from './evidence.ts'

/**
 * An address means something in a VPC only. A load balancer that was read in part, as a gap of its
 * own admits, may lack it.
 */
export const checkBalancerPlaces: Check = ({ index, pointer }, log) => {
  index.all('loadBalancer').forEach((balancer, nth) => {
    const { id, address, vpcId, subnetId } = balancer
    if (address === undefined || vpcId !== undefined || subnetId !== undefined) return
    if (index.isDoubted('loadBalancer', balancer)) return
    log.report({
      severity: 'error',
      pointer: `${pointer('loadBalancer', nth)}/vpcId`,
      code: 'missing-field',
      expected: 'the id of its VPC, or a subnetId',
      message: `The load balancer ${nameInSentence(id)} has the address ${address} and needs a "vpcId" or a "subnetId" that says where.`,
    })
  })
}
