import type { Component, SecurityGroup, SecurityGroupRule } from '#model'
import { isIpv6, matchRange, matchTransport, namedSet, rule } from '../nft-text.ts'
import type { PlanDraft, SpaceDraft } from '../plan-draft.ts'
import type { NicPlace, Survey, VpcPlace } from './survey.ts'

/** A chain of the security groups of an interface, one a direction. */
export interface GroupChains {
  readonly ingress: string
  readonly egress: string
}

/**
 * Security groups in the hypervisor's table (HELP security group rules; HELP basic vs advanced
 * security groups). Interfaces with the same groups share their chains.
 */
export interface GroupLayer {
  /** The chains that judge an interface. */
  readonly chainsOf: (nic: NicPlace) => GroupChains
  /** Writes the sets and chains that `chainsOf` has named, inside an open table. */
  readonly write: (space: SpaceDraft) => void
}

/** A layer for all interfaces of a survey. */
export function layGroups(plan: PlanDraft, survey: Survey): GroupLayer {
  const members = new MemberSets(survey)
  const sets = new Map<string, GroupSet>()
  return {
    chainsOf(nic) {
      const key = `${nic.vpc.space} ${[...nic.eni.securityGroupIds].sort().join(' ')}`
      const known = sets.get(key)
      if (known) return known.chains
      const chains = { ingress: `in${sets.size}`, egress: `out${sets.size}` }
      sets.set(key, { chains, nic, groups: groupsOf(survey, nic) })
      return chains
    },
    write(space) {
      const bodies = [...sets.values()].map((item) => chainLines(plan, members, item))
      members.write(space)
      for (const line of bodies.flat()) space.nft(line.text, line.of)
    },
  }
}

interface GroupSet {
  readonly chains: GroupChains
  /** One of the interfaces with these groups: its VPC is theirs. */
  readonly nic: NicPlace
  readonly groups: readonly SecurityGroup[]
}

interface GroupLine {
  readonly text: string
  readonly of: Component
}

function groupsOf(survey: Survey, { eni }: NicPlace): SecurityGroup[] {
  return eni.securityGroupIds.flatMap((id) => survey.find('securityGroup', id, eni) ?? [])
}

function component({ id, name }: SecurityGroup): Component {
  return { kind: 'securityGroup', id, ...(name === undefined ? {} : { name }) }
}

function chainLines(plan: PlanDraft, members: MemberSets, item: GroupSet): GroupLine[] {
  const whole: Component = { kind: 'networkInterface', id: item.nic.eni.id }
  const open = (name: string): GroupLine => ({ text: `chain ${name} {`, of: whole })
  const close: GroupLine = { text: '}', of: whole }
  const basic = item.groups.every(({ type }) => type === 'basic')
  return [
    open(item.chains.ingress),
    ...item.groups.flatMap((group) => intraGroup(plan, members, item.nic.vpc, group)),
    ...ruleLines(plan, members, item, 'ingress'),
    defaultLine(plan, item, 'ingress', false),
    close,
    open(item.chains.egress),
    ...ruleLines(plan, members, item, 'egress'),
    // An advanced group among them makes the default a drop (decision 0005).
    defaultLine(plan, item, 'egress', basic && item.groups.length > 0),
    close,
  ]
}

/** Members of one basic group meet before any rule is read (SDK ModifySecurityGroupPolicy). */
function intraGroup(
  plan: PlanDraft,
  members: MemberSets,
  vpc: VpcPlace,
  group: SecurityGroup,
): GroupLine[] {
  if (group.type !== 'basic' || group.intraGroup !== 'accept') return []
  const of = component(group)
  return members.sources('saddr', vpc, group).map((match) => {
    const comment = plan.mark({
      stage: 'group.ingress',
      decision: 'admit',
      component: of,
      rule: 'intra-group',
    })
    return { text: rule([match], 'accept', comment), of }
  })
}

/** All rules of all groups: lowest priority number first, at equal priority drop before accept. */
function ruleLines(
  plan: PlanDraft,
  members: MemberSets,
  { nic, groups }: GroupSet,
  direction: SecurityGroupRule['direction'],
): GroupLine[] {
  return groups
    .flatMap((group) => group.rules.map((item) => ({ group, item })))
    .filter(({ item }) => item.direction === direction)
    .sort((a, b) => a.item.priority - b.item.priority || tie(a.item) - tie(b.item))
    .flatMap(({ group, item }) => {
      const of = component(group)
      const accepts = item.action === 'accept'
      const comment = plan.mark({
        stage: `group.${direction}`,
        decision: accepts ? 'admit' : 'refuse',
        component: of,
        rule: item.id,
        ...(accepts ? {} : { code: `sg.${direction}.deny` as const }),
      })
      return matchesOf(members, nic.vpc, group, item).map((matches) => ({
        text: rule(matches, accepts ? 'accept' : 'drop', comment),
        of,
      }))
    })
}

function tie({ action }: SecurityGroupRule): number {
  return action === 'drop' ? 0 : 1
}

function matchesOf(
  members: MemberSets,
  vpc: VpcPlace,
  group: SecurityGroup,
  item: SecurityGroupRule,
): string[][] {
  const [far, near] =
    item.direction === 'ingress' ? (['saddr', 'daddr'] as const) : (['daddr', 'saddr'] as const)
  const local = item.local === undefined ? [] : [matchRange(near, item.local)]
  // Ends of different families never meet in one packet, and nft refuses to be told so.
  const peers = members
    .peers(far, vpc, group, item)
    .filter((peer) => item.local === undefined || isMatchOfIpv6(peer) === isIpv6(item.local))
  return peers.flatMap((peer) =>
    matchTransport(item.protocol, item.ports, item.sourcePorts).map((transport) => [
      peer,
      ...local,
      transport,
    ]),
  )
}

function isMatchOfIpv6(match: string): boolean {
  return match.startsWith('ip6 ') || match === 'meta nfproto ipv6'
}

function defaultLine(
  plan: PlanDraft,
  { nic, groups }: GroupSet,
  direction: SecurityGroupRule['direction'],
  accepts: boolean,
): GroupLine {
  const [first] = groups
  const of: Component = first ? component(first) : { kind: 'networkInterface', id: nic.eni.id }
  const comment = plan.mark({
    stage: `group.${direction}`,
    decision: accepts ? 'admit' : 'refuse',
    component: of,
    rule: 'default',
    ...(accepts ? {} : { code: `sg.${direction}.no-match` as const }),
  })
  return { text: rule([], accepts ? 'accept' : 'drop', comment), of }
}

/** Named sets of the private addresses of a group's members, each in one VPC only. */
class MemberSets {
  private readonly survey: Survey
  private readonly sets = new Map<string, GroupLine>()

  constructor(survey: Survey) {
    this.survey = survey
  }

  write(space: SpaceDraft): void {
    for (const { text, of } of this.sets.values()) space.nft(text, of)
  }

  /** Matches of a rule's other side; none where it can match nothing. */
  peers(
    end: 'saddr' | 'daddr',
    vpc: VpcPlace,
    group: SecurityGroup,
    { peer }: SecurityGroupRule,
  ): readonly string[] {
    switch (peer.kind) {
      // Alibaba Cloud has rules of one peer, and no tags.
      case 'anyOf':
      case 'serviceTag':
        return []
      case 'cidr':
        return [matchRange(end, peer.cidr)]
      case 'prefixList': {
        const list = this.survey.find('prefixList', peer.prefixListId, group)
        return (list?.cidrs ?? []).map((cidr) => matchRange(end, cidr))
      }
      case 'group': {
        const near = peer.account === undefined ? group : { ...group, account: peer.account }
        const named = this.survey.find('securityGroup', peer.groupId, near)
        // Only basic groups name each other (HELP security group rules).
        if (!named || named.type !== 'basic' || group.type !== 'basic') return []
        return this.sources(end, vpc, named)
      }
    }
  }

  /** Matches of the members of a group inside one VPC, one a family. */
  sources(end: 'saddr' | 'daddr', vpc: VpcPlace, group: SecurityGroup): readonly string[] {
    const name = `g${(this.survey.network.securityGroup ?? []).indexOf(group)}${vpc.space}`
    if (!this.sets.has(`${name}f4`)) this.define(name, vpc, group)
    return [`ip ${end} @${name}f4`, `ip6 ${end} @${name}f6`]
  }

  private define(name: string, vpc: VpcPlace, group: SecurityGroup): void {
    const of = component(group)
    const addresses = this.addressesOf(vpc, group)
    const [ipv6, ipv4] = [addresses.filter(isIpv6), addresses.filter((text) => !isIpv6(text))]
    this.sets.set(`${name}f4`, { text: namedSet(`${name}f4`, 'ipv4_addr', ipv4), of })
    this.sets.set(`${name}f6`, { text: namedSet(`${name}f6`, 'ipv6_addr', ipv6), of })
  }

  private addressesOf(vpc: VpcPlace, group: SecurityGroup): string[] {
    const own = this.survey.nics.filter(
      ({ eni, vpc: at }) =>
        at === vpc &&
        eni.securityGroupIds.some((id) => this.survey.find('securityGroup', id, eni) === group),
    )
    return own.flatMap(({ eni, haVips }) => [
      ...eni.addresses,
      ...(eni.ipv6Addresses ?? []).map(({ address }) => address),
      ...haVips.map(({ address }) => address),
    ])
  }
}
