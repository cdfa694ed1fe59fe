import { nameInSentence } from '../describe-value.ts'
import type { Check } from './evidence.ts'

/** Alibaba Cloud lets only basic groups name each other; such a rule of an enterprise group matches nothing. */
export const checkGroupPeers: Check = ({ index, pointer }, log) => {
  index.all('securityGroup').forEach((group, nth) => {
    if (group.provider !== 'alibaba') return
    group.rules.forEach(({ id, peer }, position) => {
      if (peer.kind !== 'group') return
      const named = index.get('securityGroup', peer.groupId, group)
      const isBasic = typeof named !== 'object' || named.type === 'basic'
      if (group.type === 'basic' && isBasic) return
      log.report({
        severity: 'warning',
        pointer: `${pointer('securityGroup', nth)}/rules/${position}/peer`,
        code: 'enterprise-group-peer',
        expected: 'a range of addresses or a prefix list',
        found: peer.groupId,
        message: `Rule ${nameInSentence(id)} matches nothing: only basic security groups can name each other.`,
      })
    })
  })
}
