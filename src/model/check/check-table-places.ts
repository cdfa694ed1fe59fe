import { nameInSentence } from '../describe-value.ts'
import type { Check } from './evidence.ts'

/** Only on Azure does a route table serve subnets of any VPC. */
export const checkTablePlaces: Check = ({ index, pointer }, log) => {
  index.all('routeTable').forEach(({ id, vpcId, provider }, nth) => {
    if (vpcId !== undefined || provider === 'azure') return
    log.report({
      severity: 'error',
      pointer: `${pointer('routeTable', nth)}/vpcId`,
      code: 'missing-field',
      expected: 'the id of its VPC',
      message: `The route table ${nameInSentence(id)} needs a "vpcId": the VPC it belongs to.`,
    })
  })
}
