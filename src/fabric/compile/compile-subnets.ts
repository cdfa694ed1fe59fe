import type { Subnet } from '#model'
import { compileAcls } from './compile-acls.ts'
import { classicRefusal } from './compile-classic.ts'
import type { Draft } from './draft.ts'
import { type Subnets, UNREAD } from '../places.ts'

export const rangesOf = ({ cidr, moreCidrs = [], ipv6Cidr }: Subnet): readonly string[] =>
  ipv6Cidr === undefined ? [cidr, ...moreCidrs] : [cidr, ...moreCidrs, ipv6Cidr]

/** Which table and which lists each vSwitch uses. */
export function compileSubnets(draft: Draft, tables: CompiledTables): Subnets {
  const subnets = draft.network.subnet ?? []
  const acls = compileAcls(draft)
  const acl = (subnet: Subnet, lists: readonly number[]): number => {
    if (isInDoubt(draft, subnet)) return UNREAD
    if (subnet.networkAclId === undefined)
      return draft.index.gap('networkAclAssociation', subnet, subnet.id) ? UNREAD : -1
    const position = draft.ids.networkAcl.find(subnet.networkAclId, subnet)
    const unread = draft.index.gap('networkAcl', subnet, subnet.networkAclId)?.id !== undefined
    return position < 0 || unread ? UNREAD : lists[position]
  }
  return {
    domain: Int32Array.from(subnets, (subnet) => draft.ids.vpc.find(subnet.vpcId, subnet)),
    table: Int32Array.from(subnets, (subnet) =>
      isInDoubt(draft, subnet) ? UNREAD : tables.of(subnet),
    ),
    aclIn: Int32Array.from(subnets, (subnet) => acl(subnet, acls.ingress)),
    aclOut: Int32Array.from(subnets, (subnet) => acl(subnet, acls.egress)),
    classicRefusal: Int32Array.from(subnets, (subnet) => classicRefusal(draft, subnet)),
    zone: zonesOf(subnets),
    holdersUnread: Uint8Array.from(subnets, (subnet) => (isHeldUnread(draft, subnet) ? 1 : 0)),
  }
}

function zonesOf(subnets: readonly Subnet[]): Int32Array {
  const numbers = new Map<string, number>([['', 0]])
  return Int32Array.from(subnets, ({ zone = '' }) => {
    const number = numbers.get(zone) ?? numbers.size
    numbers.set(zone, number)
    return number
  })
}

/** Whether something that is not listed may hold an address of it. */
const isHeldUnread = ({ index }: Draft, subnet: Subnet): boolean =>
  (index.gap('addressUse', subnet, subnet.id) ??
    index.lack('cloudService', subnet) ??
    index.lack('loadBalancer', subnet)) !== undefined

/** Whether the sources contradict each other about a subnet or its VPC. */
const isInDoubt = ({ index }: Draft, subnet: Subnet): boolean =>
  index.isDoubted('subnet', subnet) || index.gap('vpc', subnet, subnet.vpcId)?.id !== undefined

/** Route tables as maps from ranks to routes. */
export interface CompiledTables {
  /** Map of the table that a vSwitch uses, or `UNREAD`. */
  of(subnet: Subnet): number
  /** Map of the system table by VPC, or `UNREAD`. */
  readonly system: readonly number[]
  /** Map of a gateway route table by position of the gateway. */
  readonly gateways: ReadonlyMap<number, number>
}
