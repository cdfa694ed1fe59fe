import { nameInSentence, quote } from '../describe-value.ts'
import type { VpcId } from '../id.ts'
import type { Home } from '../index-network.ts'
import { kindWords } from '../kind-words.ts'
import type { Problem } from '../problem.ts'
import type { ProblemLog } from '../problem-log.ts'
import type { Provider } from '../resource.ts'
import type { Check, Evidence } from './evidence.ts'

/** Things that are joined have to be in one VPC. */
export const checkVpcMembership: Check = (evidence, log) => {
  checkInterfaces(evidence, log)
  checkSubnets(evidence, log)
  checkGateways(evidence, log)
  checkBalancers(evidence, log)
}

/** AWS joins interfaces to instances and security groups across VPCs (multi-VPC ENI, 2023; shared groups, 2024). */
const crossingInterfaces: readonly Provider[] = ['aws']

/** AWS hands connections to targets of peered VPCs, too, by their addresses. */
const crossingBackends: readonly Provider[] = ['aws']

/** An Azure route table serves subnets of any virtual network. */
const crossingTables: readonly Provider[] = ['azure']

function checkInterfaces(evidence: Evidence, log: ProblemLog): void {
  evidence.index.all('networkInterface').forEach((eni, nth) => {
    const join = joiner(evidence, log, 'networkInterface', eni, nth)
    join('subnet', eni.subnetId, [], 'subnetId')
    join('instance', eni.instanceId, crossingInterfaces, 'instanceId')
    const groups = eni.securityGroupIds
    for (let place = 0; place < groups.length; place++) {
      join('securityGroup', groups[place], crossingInterfaces, 'securityGroupIds', place)
    }
  })
}

function checkSubnets(evidence: Evidence, log: ProblemLog): void {
  evidence.index.all('subnet').forEach((subnet, nth) => {
    const join = joiner(evidence, log, 'subnet', subnet, nth)
    join('routeTable', subnet.routeTableId, crossingTables, 'routeTableId')
    join('networkAcl', subnet.networkAclId, crossingTables, 'networkAclId')
  })
}

function checkGateways(evidence: Evidence, log: ProblemLog): void {
  evidence.index.all('natGateway').forEach((gateway, nth) => {
    const join = joiner(evidence, log, 'natGateway', gateway, nth)
    join('subnet', gateway.subnetId, [], 'subnetId')
  })
  evidence.index.all('internetGateway').forEach((gateway, nth) => {
    const join = joiner(evidence, log, 'internetGateway', gateway, nth)
    join('routeTable', gateway.routeTableId, crossingTables, 'routeTableId')
  })
}

/** A load balancer hands packets to servers of its own VPC only. */
function checkBalancers(evidence: Evidence, log: ProblemLog): void {
  const { index } = evidence
  index.all('loadBalancer').forEach((balancer, nth) => {
    const subnet = index.get('subnet', balancer.subnetId ?? '', balancer)
    const vpcId = balancer.vpcId ?? (typeof subnet === 'object' ? subnet.vpcId : undefined)
    if (vpcId === undefined) return
    const join = joiner(evidence, log, 'loadBalancer', { ...balancer, vpcId }, nth)
    join('subnet', balancer.subnetId, [], 'subnetId')
    balancer.frontends?.forEach(({ subnetId }, place) =>
      join('subnet', subnetId, [], `frontends/${place}/subnetId`),
    )
    balancer.listeners?.forEach(({ backends }, listener) =>
      backends.forEach(({ target }, place) => {
        if (target.kind === 'address') return
        const field = `listeners/${listener}/backends/${place}/target/id`
        join(target.kind, target.id, crossingBackends, field)
      }),
    )
  })
}

type JoinerKind = 'networkInterface' | 'subnet' | 'natGateway' | 'internetGateway' | 'loadBalancer'
type JoinedKind =
  | 'subnet'
  | 'instance'
  | 'networkInterface'
  | 'securityGroup'
  | 'routeTable'
  | 'networkAcl'

interface Member extends Home {
  readonly id: string
  readonly vpcId: VpcId
}

/** A group or instance of the classic network has no VPC to compare, and is left alone. */
function joiner(
  evidence: Evidence,
  log: ProblemLog,
  list: JoinerKind,
  member: Member,
  nth: number,
) {
  return (
    kind: JoinedKind,
    id: string | undefined,
    crossing: readonly Provider[],
    field: string,
    place?: number,
  ): void => {
    if (id === undefined) return
    const other = evidence.index.get(kind, id, member)
    if (typeof other !== 'object' || other.vpcId === undefined) return
    if (other.vpcId === member.vpcId) return
    const base = `${evidence.pointer(list, nth)}/${field}`
    const pointer = place === undefined ? base : `${base}/${place}`
    const severity = crossing.includes(member.provider) ? 'warning' : 'error'
    log.report({ severity, pointer, ...strangers(list, member, kind, other) })
  }
}

function strangers(
  list: JoinerKind,
  member: Member,
  kind: JoinedKind,
  other: { readonly id: string; readonly vpcId?: VpcId },
): Pick<Problem, 'code' | 'expected' | 'found' | 'message'> {
  const one = `${kindWords[list]} ${nameInSentence(member.id)}`
  const two = `${kindWords[kind]} ${nameInSentence(other.id)}`
  return {
    code: 'wrong-vpc',
    expected: `a ${kindWords[kind]} of VPC ${nameInSentence(member.vpcId)}`,
    found: quote(other.id),
    message: `The ${one} is in VPC ${nameInSentence(member.vpcId)}, but the ${two} is in VPC ${nameInSentence(other.vpcId ?? '')}.`,
  }
}
