import { peersIn } from '#model'
import type { NetworkInterface, SecurityGroup } from '#model'

import { idOf } from '../brand.ts'
import { keyOf, lastName, parseArmId } from './arm-id.ts'
import type { Resources } from './read-resources.ts'

const applicationGroups = 'microsoft.network/applicationsecuritygroups'

/** An application security group holds nothing but its name: who names it says all there is. */
export const isApplicationGroup = (id: string): boolean =>
  parseArmId(id)?.type === applicationGroups

/** Application security groups that interfaces or rules name, and that no document lists. */
export function namedGroups(resources: Resources): readonly SecurityGroup[] {
  const { networkInterface = [], securityGroup = [] } = resources
  const listed = new Set<string>(securityGroup.map(({ id }) => id))
  const found = new Map<string, SecurityGroup>()
  const add = (id: string, near: NetworkInterface | SecurityGroup): void => {
    if (listed.has(id) || !isApplicationGroup(id)) return
    found.set(id, found.get(id) ?? groupNear(id, near))
  }
  for (const item of networkInterface) for (const id of item.securityGroupIds) add(id, item)
  for (const item of securityGroup) for (const id of groupsIn(item)) add(id, item)
  return [...found.values()]
}

const groupsIn = ({ rules }: SecurityGroup): readonly string[] =>
  rules.flatMap(({ peer, own = [] }) =>
    [...peersIn(peer), ...own].flatMap((one) => (one.kind === 'group' ? [one.groupId] : [])),
  )

function groupNear(id: string, { region }: NetworkInterface | SecurityGroup): SecurityGroup {
  return {
    provider: 'azure',
    account: keyOf(parseArmId(id)?.subscription ?? ''),
    region,
    id: idOf(id),
    name: lastName(id),
    type: 'application',
    intraGroup: 'drop',
    rules: [],
  }
}
