import { nameInSentence } from '../describe-value.ts'
import type { PublicAddress } from '../gateway.ts'
import type { Check, Evidence } from './evidence.ts'

/** Alibaba Cloud activates no IPv4 gateway in a VPC that has EIPs which the guest sees. */
export const checkGatewayMode: Check = (evidence, log) => {
  const { index, pointer } = evidence
  const modes = new Map(
    index
      .all('internetGateway')
      .filter(({ kind, enabled, provider }) => kind === 'ipv4' && enabled && provider === 'alibaba')
      .map(({ vpcId, id }) => [vpcId, id]),
  )
  if (modes.size === 0) return
  index.all('publicAddress').forEach((item, nth) => {
    const vpcId = item.mode === 'nat' ? undefined : vpcOf(evidence, item)
    const gateway = vpcId === undefined ? undefined : modes.get(vpcId)
    if (gateway === undefined) return
    log.report({
      severity: 'warning',
      pointer: `${pointer('publicAddress', nth)}/mode`,
      code: 'gateway-mode',
      expected: 'nat',
      found: item.mode,
      message: `Public address ${nameInSentence(item.id)} is ${item.mode}, which a VPC with an activated IPv4 gateway (${gateway}) does not allow.`,
    })
  })
}

function vpcOf({ index }: Evidence, { boundTo, ...home }: PublicAddress) {
  switch (boundTo?.kind) {
    case 'instance':
    case 'networkInterface':
    case 'natGateway': {
      const bound = index.get(boundTo.kind, boundTo.id, home)
      return typeof bound === 'object' ? bound.vpcId : undefined
    }
    default:
      return undefined
  }
}
