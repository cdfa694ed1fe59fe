import type { Answer, Network } from '#model'
import type { ConcreteQuestion } from './draw/concrete-question.ts'

/** A question with the network it is asked of and its answer: what features are read from. */
export interface FeatureSubject {
  readonly network: Network
  readonly question: ConcreteQuestion
  readonly answer: Answer
}

type Feature = (subject: FeatureSubject) => boolean

/** What a long run has to meet; each is part of at least one probe in fifty. */
export const features = {
  tcp: ({ question }) => question.protocol === 6,
  udp: ({ question }) => question.protocol === 17,
  icmp: ({ question }) => question.protocol === 1 || question.protocol === 58,
  gre: ({ question }) => question.protocol === 47,
  ipv6: ({ question }) => question.to.includes(':'),
  'group rule': (subject) => decides(subject, 'group', (rule) => rule.includes('/')),
  'group default': (subject) => decides(subject, 'group', (rule) => rule === 'default'),
  session: (subject) => decides(subject, 'group', (rule) => rule === 'session'),
  neighbours: (subject) => isNear(subject),
  'network ACL': (subject) => decides(subject, 'acl', () => true),
  'ACL default': (subject) => decides(subject, 'acl', (rule) => rule === 'default'),
  'custom table': (subject) =>
    meets(subject, (kind, id) => kind === 'routeTable' && isCustom(subject, id)),
  'lost route': ({ answer }) => finds(answer, /^route\.(?!loop)/),
  loop: ({ answer }) => finds(answer, /^route\.loop/),
  peering: (subject) => meets(subject, (kind) => kind === 'peering'),
  'router interface': (subject) => meets(subject, (kind) => kind === 'routerInterface'),
  'Internet host': ({ question, answer }) =>
    answer.hops.some(({ at }) => at.kind === 'internet') && isOutside(question),
  'public address': (subject) => ownsPublic(subject),
  'NAT gateway': (subject) => meets(subject, (kind) => kind === 'natGateway'),
  SNAT: (subject) => entryOf(subject, 'snat'),
  DNAT: (subject) => entryOf(subject, 'dnat'),
  'load balancer': (subject) => meets(subject, (kind) => kind === 'loadBalancer'),
  'IPv4 gateway': (subject) => isGatewayMode(subject),
  'cloud service': ({ question }) => question.to.startsWith('100.'),
  relay: (subject) =>
    subject.answer.hops.some(({ stages }) => stages.some(({ stage }) => stage === 'relay')),
  HaVip: ({ network, question, answer }) =>
    (network.haVip ?? []).some(
      ({ address, id }) =>
        address === question.to || JSON.stringify(answer.hops).includes(`"${id}"`),
    ),
  'source/destination check': (subject) =>
    meetsInterface(subject, ({ sourceDestCheck }) => sourceDestCheck === true),
  'several interfaces': (subject) => hasSeveral(subject),
  'secondary address': (subject) => isSecondary(subject),
  'guest routes': (subject) => meetsGuest(subject, 'routes'),
  'guest firewall': (subject) => passes(subject, 'firewall.'),
  'guest firewall drops': ({ answer }) => finds(answer, /^guest\.firewall\./),
  listener: (subject) => passes(subject, 'listen'),
  'missing listener': ({ answer }) => finds(answer, /^guest\.(?:not-listening|listen)/),
  'reverse path filter': (subject) => passes(subject, 'reverse-path'),
  'guest policy rules': (subject) => meetsGuest(subject, 'rules'),
} as const satisfies Record<string, Feature>

/** One of `features`. */
export type FeatureName = keyof typeof features

/** The features of one question. */
export function featuresOf(subject: FeatureSubject): readonly FeatureName[] {
  return featureNames.filter((name) => features[name](subject))
}

/** All of them, in the order of the table. */
export const featureNames = Object.keys(features).filter(isFeature)

function isFeature(name: string): name is FeatureName {
  return Object.hasOwn(features, name)
}

function meets({ answer }: FeatureSubject, isIt: (kind: string, id: string) => boolean): boolean {
  return answer.hops.some(
    ({ at, stages }) =>
      isIt(at.kind, at.id) || stages.some(({ component: { kind, id } }) => isIt(kind, id)),
  )
}

function decides(
  { answer }: FeatureSubject,
  stage: string,
  isIt: (rule: string) => boolean,
): boolean {
  return answer.hops.some(({ stages }) =>
    stages.some((item) => item.stage.startsWith(stage) && isIt(item.rule ?? '')),
  )
}

function passes({ answer }: FeatureSubject, stage: string): boolean {
  return answer.hops.some(({ stages }) => stages.some((item) => item.stage.startsWith(stage)))
}

function finds({ findings }: Answer, code: RegExp): boolean {
  return findings.some((finding) => code.test(finding.code))
}

function isNear({ network, answer }: FeatureSubject): boolean {
  const subnets = [answer.from.address, answer.to.address].map(
    (address) =>
      (network.networkInterface ?? []).find(({ addresses }) =>
        addresses.some((own) => own === address),
      )?.subnetId,
  )
  return subnets[0] !== undefined && subnets[0] === subnets[1]
}

function isCustom({ network }: FeatureSubject, id: string): boolean {
  return (network.routeTable ?? []).some((table) => table.id === id && table.type === 'custom')
}

function isOutside({ from }: ConcreteQuestion): boolean {
  return from.kind === 'address' ? true : from.id !== ''
}

function ownsPublic({ network, question, answer }: FeatureSubject): boolean {
  const text = JSON.stringify(answer.hops)
  return (network.publicAddress ?? []).some(
    ({ id, address, boundTo }) =>
      boundTo?.kind !== 'natGateway' && (address === question.to || text.includes(`"${id}"`)),
  )
}

function entryOf({ network, answer }: FeatureSubject, kind: 'snat' | 'dnat'): boolean {
  const entries = (network.natGateway ?? []).flatMap((gateway) => gateway[kind].map(({ id }) => id))
  const rules = new Set(answer.hops.flatMap(({ stages }) => stages.map(({ rule }) => rule ?? '')))
  return entries.some((id) => rules.has(id))
}

function isGatewayMode({ network, answer }: FeatureSubject): boolean {
  const active = (network.internetGateway ?? []).filter(
    ({ kind, enabled }) => kind === 'ipv4' && enabled,
  )
  const vpcs = new Set<string>(active.map(({ vpcId }) => vpcId))
  const own = interfacesOf({ network, answer })
  const outside = answer.hops.some(({ at }) => at.kind === 'internet' || at.kind === 'natGateway')
  return outside && own.some(({ vpcId }) => vpcs.has(vpcId))
}

function interfacesOf({ network, answer }: Pick<FeatureSubject, 'network' | 'answer'>) {
  const instances = new Set(answer.hops.map(({ at }) => at.id))
  return (network.networkInterface ?? []).filter(
    ({ instanceId }) => instanceId !== undefined && instances.has(instanceId),
  )
}

function meetsInterface(
  subject: FeatureSubject,
  isIt: (eni: NonNullable<Network['networkInterface']>[number]) => boolean,
): boolean {
  return interfacesOf(subject).some(isIt)
}

function hasSeveral(subject: FeatureSubject): boolean {
  const own = interfacesOf(subject).map(({ instanceId }) => instanceId)
  return new Set(own).size < own.length
}

function isSecondary({ network, question }: FeatureSubject): boolean {
  const asked = [question.to, question.from.kind === 'address' ? question.from.address : '']
  return (network.networkInterface ?? []).some(({ addresses }) =>
    addresses.slice(1).some((own) => asked.includes(own)),
  )
}

function meetsGuest({ network, answer }: FeatureSubject, fact: 'routes' | 'rules'): boolean {
  const instances = new Set(answer.hops.map(({ at }) => at.id))
  return (network.guests ?? []).some(
    (guest) => guest[fact] !== undefined && instances.has(guest.instanceId),
  )
}
