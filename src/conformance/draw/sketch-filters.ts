import { given, home, hostOf, interfacesOf, subnetsOf } from './sketch.ts'
import type { Drawing, Sketch } from './sketch.ts'

/** The ports that rules, translations and questions are about. */
export const favouritePorts = [22, 80, 443, 3306, 8080, 53, 25]

/** Two prefix lists and the groups of every VPC. */
export function drawGroups(drawing: Drawing): void {
  const { dice, sketch } = drawing
  const cidrs = ['10.0.0.0/8', '203.0.113.0/24', '172.16.0.0/12']
  sketch.prefixList.push(
    { ...home, id: 'pl-1', cidrs: dice.some(cidrs, 0.7) },
    { ...home, id: 'pl-2', cidrs: ['2408:4000::/32', '2001:db8::/32'] },
  )
  for (const vpc of sketch.vpc) {
    const count = dice.whole(1, dice.chance(0.3) ? 5 : 3)
    for (let nth = 1; nth <= count; nth++) {
      const enterprise = dice.chance(0.25)
      sketch.securityGroup.push({
        ...home,
        id: `sg-${vpc.id.slice(4)}-${nth}`,
        vpcId: vpc.id,
        type: enterprise ? 'enterprise' : 'basic',
        intraGroup: dice.chance(0.6) ? 'accept' : 'drop',
        rules: [],
      })
    }
  }
}

/** The rules of every group, when there are interfaces to write them for. */
export function drawRules(drawing: Drawing): void {
  for (const group of drawing.sketch.securityGroup) {
    const { rules } = group
    for (const rule of openRules(drawing, group)) rules.push(rule)
    const count = drawing.dice.whole(0, 5)
    for (let nth = 0; nth < count; nth++) rules.push(drawRule(drawing, group, rules.length))
  }
}

type Group = Sketch['securityGroup'][number]
type Rule = Group['rules'][number]

/** What most real groups have: everything out, a good deal in. */
function openRules({ dice }: Drawing, group: Group): Rule[] {
  const open = { action: 'accept', protocol: 'all', ports: [] } as const
  const rule = (name: string, direction: Rule['direction'], cidr: string): Rule => ({
    ...open,
    id: `${group.id}/${name}`,
    direction,
    priority: dice.pick([50, 100]),
    ports: [],
    peer: { kind: 'cidr', cidr },
    ...given(group.vpcId === undefined && dice.chance(0.5), { nic: 'internet' as const }),
  })
  return [
    ...(dice.chance(0.85) ? [rule('out', 'egress', '0.0.0.0/0')] : []),
    ...(dice.chance(0.7) ? [rule('out6', 'egress', '::/0')] : []),
    ...(dice.chance(0.72) ? [rule('in', 'ingress', '0.0.0.0/0')] : []),
    ...(dice.chance(0.6) ? [rule('in6', 'ingress', '::/0')] : []),
  ]
}

function drawRule(drawing: Drawing, group: Group, nth: number): Rule {
  const { dice } = drawing
  const direction = dice.chance(0.65) ? 'ingress' : 'egress'
  const protocol = dice.pick([6, 6, 6, 6, 17, 1, 47, 58, 'all', 'all'] as const)
  const ported = protocol === 6 || protocol === 17
  const local = localOf(drawing, group)
  return {
    id: `${group.id}/${direction}/${nth}`,
    direction,
    action: dice.chance(0.7) ? 'accept' : 'drop',
    priority: dice.pick([1, 1, 50, 100]),
    protocol,
    ports: ported ? portsOf(drawing) : [],
    ...given(ported && dice.chance(0.1), {
      sourcePorts: [
        dice.pick([
          { from: 32768, to: 61000 },
          { from: 1024, to: 65535 },
        ]),
      ],
    }),
    peer: peerOf(drawing, group),
    ...(local !== undefined && dice.chance(0.12) ? { local } : {}),
    ...given(group.vpcId === undefined, { nic: dice.pick(['internet', 'intranet'] as const) }),
  }
}

function portsOf({ dice }: Drawing): Rule['ports'] {
  const port = dice.pick(favouritePorts)
  return dice.weighted<Rule['ports']>([
    [2, []],
    [2, [{ from: 1, to: 1023 }]],
    [5, [{ from: port, to: port }]],
    [1, [22, port].map((each) => ({ from: each, to: each }))],
  ])
}

function peerOf({ dice, sketch }: Drawing, group: Group): Rule['peer'] {
  const kind = dice.weighted([
    [6, 'cidr'],
    [3, 'group'],
    [1, 'prefixList'],
  ])
  if (kind === 'prefixList') return { kind, prefixListId: dice.pick(['pl-1', 'pl-2']) }
  if (kind === 'group') {
    const near = sketch.securityGroup.filter(({ vpcId }) => vpcId === group.vpcId)
    return { kind, groupId: dice.pick(dice.chance(0.8) ? near : sketch.securityGroup).id }
  }
  const eni = dice.pick(sketch.networkInterface)
  const cidrs = ['0.0.0.0/0', '::/0', '203.0.113.0/24', `${dice.pick(eni.addresses)}/32`]
  return { kind: 'cidr', cidr: dice.pick([...cidrs, dice.pick(sketch.subnet).cidr]) }
}

/** A part of the group's own addresses, for five-tuple rules. */
function localOf({ dice, sketch }: Drawing, { vpcId }: Group): string | undefined {
  if (vpcId === undefined) return undefined
  const eni = dice.pick(interfacesOf(sketch, vpcId))
  return dice.pick([`${eni.addresses[0]}/32`, dice.pick(subnetsOf(sketch, vpcId)).cidr])
}

/** Network ACLs: open ones, ones that forget the replies, and arbitrary ones. */
export function drawAcls(drawing: Drawing): void {
  const { dice, sketch } = drawing
  for (const subnet of sketch.subnet) {
    if (!dice.chance(0.28)) continue
    const kind = dice.weighted<AclKind>([
      [6, 'open'],
      [2, 'forgetful'],
      [2, 'arbitrary'],
    ])
    const id = `acl-${subnet.id.slice(4)}`
    subnet.networkAclId = id
    sketch.networkAcl.push({
      ...home,
      id,
      vpcId: subnet.vpcId,
      ingress: entriesOf(drawing, kind, `${id}/ingress`),
      egress: entriesOf(drawing, kind, `${id}/egress`),
    })
  }
}

type AclKind = 'open' | 'forgetful' | 'arbitrary'
type Entry = Sketch['networkAcl'][number]['ingress'][number]

const everyPort = { from: 0, to: 65535 }

function entriesOf(drawing: Drawing, kind: AclKind, name: string): Entry[] {
  const { dice } = drawing
  const open = (peer: string): Entry => ({
    id: `${name}/all-${peer}`,
    action: 'accept',
    protocol: 'all',
    ports: everyPort,
    peer,
  })
  const all = [open('0.0.0.0/0'), ...(dice.chance(0.7) ? [open('::/0')] : [])]
  const count = kind === 'open' ? dice.whole(0, 1) : dice.whole(1, 4)
  const drawn = Array.from({ length: count }, (_, nth) => drawEntry(drawing, `${name}/${nth}`))
  if (kind === 'open') return [...drawn, ...all]
  if (kind === 'arbitrary') return drawn
  // Nobody thought of the ports that replies go to.
  const low = { ...open('0.0.0.0/0'), id: `${name}/low`, protocol: 6, ports: { from: 1, to: 9999 } }
  return dice.chance(0.5) ? [low] : [low, ...drawn]
}

function drawEntry({ dice, sketch }: Drawing, id: string): Entry {
  const port = dice.pick(favouritePorts)
  const far = dice.pick(sketch.subnet).cidr
  return {
    id,
    action: dice.chance(0.7) ? 'accept' : 'drop',
    protocol: dice.pick([6, 6, 6, 17, 1, 58, 'all', 'all'] as const),
    ports: dice.pick([everyPort, { from: port, to: port }, { from: 1024, to: 65535 }]),
    peer: dice.pick(['0.0.0.0/0', '0.0.0.0/0', '::/0', '203.0.113.0/24', far, hostOf(far, 11)]),
  }
}
