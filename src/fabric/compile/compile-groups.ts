import type { SecurityGroup, SecurityGroupRule, Home } from '#model'
import { appliesTo, entriesOf } from './compile-rules.ts'
import type { Draft } from './draft.ts'
import { SetTable } from './group-set-table.ts'
import type { Groups } from '../places.ts'

/** Interns the group sets of interfaces while they are numbered; then yields the columns. */
export interface GroupSets {
  /** Number of the set of these groups; the same groups give the same number. */
  intern(ids: readonly string[], near: Home): number
  finish(): Groups
}

/** Semantics `sg.*`: rule lists per group and direction, sets of groups per interface. */
export function compileGroups(draft: Draft): GroupSets {
  const groups = draft.network.securityGroup ?? []
  const lists = groups.map((group) => groupLists(draft, group))
  const sets = new SetTable()
  return {
    intern: (ids, near) => sets.intern(ids, near, draft),
    finish: () => ({
      ...sets.columns(groups, draft),
      listIn: Int32Array.from(lists, (list) => list.ingress),
      listOut: Int32Array.from(lists, (list) => list.egress),
      listInInternet: Int32Array.from(lists, (list) => list.ingressInternet),
      listOutInternet: Int32Array.from(lists, (list) => list.egressInternet),
      intra: Uint8Array.from(groups, (group) => (acceptsMembers(draft, group) ? 1 : 0)),
    }),
  }
}

function acceptsMembers({ on }: Draft, group: SecurityGroup): boolean {
  if (!on('sg.intra-group-accept') || group.intraGroup !== 'accept') return false
  return group.type === 'basic' || !on('sg.enterprise-isolated')
}

/** Where groups are asked one after another, their lists stand in chains. */
const noLists: GroupLists = { ingress: -1, egress: -1, ingressInternet: -1, egressInternet: -1 }

interface GroupLists {
  readonly ingress: number
  readonly egress: number
  readonly ingressInternet: number
  readonly egressInternet: number
}

function groupLists(draft: Draft, group: SecurityGroup): GroupLists {
  if (draft.on('sg.chain')) return noLists
  const list = (
    direction: SecurityGroupRule['direction'],
    nic?: SecurityGroupRule['nic'],
  ): number =>
    draft.rules.add(
      group.rules
        .flatMap((rule, position) =>
          rule.direction === direction && appliesTo(draft, rule, nic)
            ? entriesOf(draft, group, rule, position)
            : [],
        )
        .sort((a, b) => a.key - b.key || a.rule - b.rule),
    )
  if (group.vpcId !== undefined) {
    return {
      ingress: list('ingress'),
      egress: list('egress'),
      ingressInternet: -1,
      egressInternet: -1,
    }
  }
  return {
    ingress: list('ingress', 'intranet'),
    egress: list('egress', 'intranet'),
    ingressInternet: list('ingress', 'internet'),
    egressInternet: list('egress', 'internet'),
  }
}
