import type { Draft } from './draft.ts'
import { everyPort, type RuleEntry } from '../rule-table.ts'

/** Rules of a stateless list: a network ACL in one direction, in list order. */
export function compileAcls(draft: Draft): {
  readonly ingress: readonly number[]
  readonly egress: readonly number[]
} {
  const entries = (
    list: NonNullable<typeof draft.network.networkAcl>[number]['ingress'],
  ): number => {
    const packed = list.map((entry, position): RuleEntry => ({
      accept: entry.action === 'accept',
      protocol: entry.protocol,
      ports:
        entry.protocol === 'all' || entry.protocol === 6 || entry.protocol === 17
          ? entry.ports
          : everyPort,
      peer: { kind: 'ranks', range: draft.range(entry.peer) },
      key: position,
      rule: position,
    }))
    return draft.rules.add(draft.on('acl.list-order') ? packed : packed.reverse())
  }
  const acls = draft.network.networkAcl ?? []
  return {
    ingress: acls.map((acl) => entries(acl.ingress)),
    egress: acls.map((acl) => entries(acl.egress)),
  }
}

/** Map of the ranks that every network ACL lets pass. */
export function compileExemptions(draft: Draft): number {
  const ranges = draft.on('acl.service-exempt') ? draft.known.exempt : []
  return draft.maps.add(ranges.map((cidr) => ({ ...draft.range(cidr), value: 1 })))
}
