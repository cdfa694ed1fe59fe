import type { Fabric } from '#fabric'
import type { NetworkAcl, SecurityGroupRule } from '#model'
import { keep } from './keep.ts'

/** The rule of a security group behind an entry of the rule table. */
export interface GroupRule {
  readonly group: number
  readonly rule: string
  readonly priority: number
}

/** The rule of an entry that no group has: its services are the platform's own. */
const PLATFORM = 'platform'

/** Which rule or route decided, in the provider's words. */
export interface RuleEvidence {
  readonly groupRule: (entry: number) => GroupRule
  /** The rules of a group that accept members of another one. */
  readonly groupNaming: (group: number) => readonly SecurityGroupRule[]
  readonly aclRule: (subnet: number, egress: boolean, entry: number) => string
  /** Provider's id of a route, or the text of an implied one. */
  readonly route: (route: number) => string
}

export function ruleEvidence(
  fabric: Fabric,
  aclItem: (subnet: number) => NetworkAcl | undefined,
): RuleEvidence {
  const { network, rules, routes } = fabric
  const listGroup = groupsOfLists(fabric)
  return {
    groupRule: keep((entry) => {
      const group = listGroup[listOf(fabric, entry)]
      const at = rules.rules[entry]
      const rule = network.securityGroup?.[group]?.rules[at]
      const implied = at < 0 ? PLATFORM : String(entry)
      return { group, rule: rule?.id ?? implied, priority: rule?.priority ?? 0 }
    }),
    groupNaming: keep((group) =>
      (network.securityGroup?.[group]?.rules ?? []).filter(
        ({ action, peer }) => action === 'accept' && peer.kind === 'group',
      ),
    ),
    aclRule(subnet, egress, entry) {
      const acl = aclItem(subnet)
      return (egress ? acl?.egress : acl?.ingress)?.[rules.rules[entry]]?.id ?? String(entry)
    },
    route: (route) =>
      routes.impliedText.get(route) ??
      network.routeTable?.[routes.table[route]]?.routes[routes.entry[route]]?.id ??
      'implied',
  }
}

/** The group that each rule list belongs to; -1 for the lists of ACLs. */
function groupsOfLists({ groups, chains, rules }: Fabric): Int32Array {
  const { listIn, listOut, listInInternet, listOutInternet } = groups
  const owner = new Int32Array(rules.offsets.length).fill(-1)
  for (const lists of [listIn, listOut, listInInternet, listOutInternet]) {
    lists.forEach((list, group) => {
      if (list >= 0) owner[list] = group
    })
  }
  for (const lists of [chains.listIn, chains.listOut]) {
    lists.forEach((list, filter) => {
      if (list >= 0) owner[list] = chains.group[filter]
    })
  }
  return owner
}

/** The list that holds an entry. */
function listOf({ rules }: Fabric, entry: number): number {
  let low = 0
  let high = rules.offsets.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (rules.offsets[middle] <= entry) low = middle
    else high = middle - 1
  }
  return low
}
