import type { NetworkAclEntry } from '#model'
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
    const packed = list.flatMap((entry, position): RuleEntry[] =>
      isAboutEchoes(entry) ? [packedEntry(draft, entry, position)] : [],
    )
    return draft.rules.add(draft.on('acl.list-order') ? packed : packed.reverse())
  }
  const acls = draft.network.networkAcl ?? []
  return {
    ingress: acls.map((acl) => entries(acl.ingress)),
    egress: acls.map((acl) => entries(acl.egress)),
  }
}

function packedEntry(draft: Draft, entry: NetworkAclEntry, position: number): RuleEntry {
  const { protocol } = entry
  const ported = protocol === 'all' || protocol === 6 || protocol === 17
  return {
    accept: entry.action === 'accept',
    protocol,
    ports: ported ? entry.ports : everyPort,
    peer: { kind: 'ranks', range: draft.range(entry.peer) },
    key: position,
    rule: position,
  }
}

/** Questions about ICMP are about echoes and their replies. */
function isAboutEchoes({ protocol, icmp }: NetworkAclEntry): boolean {
  if (icmp === undefined) return true
  const echoes = protocol === 58 ? [128, 129] : [8, 0]
  return echoes.includes(icmp.type) && (icmp.code ?? 0) === 0
}

/** Map of the ranks that every network ACL lets pass. */
export function compileExemptions(draft: Draft): number {
  const ranges = draft.on('acl.service-exempt') ? draft.known.exempt : []
  return draft.maps.add(ranges.map((cidr) => ({ ...draft.range(cidr), value: 1 })))
}
