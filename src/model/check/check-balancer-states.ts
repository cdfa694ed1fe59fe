import { nameInSentence, quote } from '../describe-value.ts'
import { loadBalancerStates } from '../load-balancer.ts'
import type { LoadBalancer } from '../load-balancer.ts'
import type { Problem } from '../problem.ts'
import { hint, nearest } from '../resolve/nearest.ts'
import type { Check } from './evidence.ts'

/**
 * The state is the provider's word and may be a new one, but only `active` takes connections: a slip
 * of the pen would silence a load balancer, and nobody would be told why.
 */
export const checkBalancerStates: Check = ({ index, pointer }, log) => {
  index.all('loadBalancer').forEach((balancer, nth) => {
    const isRead = balancer.address !== undefined && balancer.listeners !== undefined
    if (!isRead || balancer.provider !== 'alibaba') return
    if (index.isDoubted('loadBalancer', balancer)) return
    const problem = problemOf(balancer)
    if (!problem) return
    const place = `${pointer('loadBalancer', nth)}/state`
    log.report({ severity: 'warning', pointer: place, expected: known, ...problem })
  })
}

const known = loadBalancerStates.map(quote).join(' or ')

function problemOf({
  id,
  state,
}: LoadBalancer): Pick<Problem, 'code' | 'found' | 'message'> | undefined {
  const who = `The load balancer ${nameInSentence(id)}`
  if (state === undefined) {
    const message = `${who} has no state, so whether it takes connections stays open; known are ${known}.`
    return { code: 'missing-field', message }
  }
  const word = state.toLowerCase()
  if (loadBalancerStates.some((one) => one === word)) return undefined
  const near = hint(nearest(word, loadBalancerStates).map(quote))
  const message = `${who} has the state ${quote(state)}, which is not known and counts as one that takes no connections; known are ${known}.${near}`
  return { code: 'bad-state', found: quote(state), message }
}
