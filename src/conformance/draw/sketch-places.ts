import { given, home, hostOf, interfacesOf, subnetsOf } from './sketch.ts'
import type { Drawing } from './sketch.ts'

/** VPCs and vSwitches, instances and interfaces, HaVips; groups are chosen from those of the VPC. */
export function drawVpcs(drawing: Drawing, count: number, classic: boolean): void {
  for (let nth = 1; nth <= count; nth++) drawVpc(drawing, nth, classic && nth === 1)
}

/** How a VPC is numbered: its primary range, a further one, and the /24 of its vSwitches. */
interface Plan {
  readonly primary: string
  readonly further: string
  readonly subnet: (place: number) => string
  readonly furtherSubnet: string
}

function planOf(nth: number): Readonly<Record<PlanName, Plan>> {
  const further = `192.168.${200 + nth}.0/24`
  const rest = { further, furtherSubnet: further }
  const apart = { further: '172.28.0.0/16', furtherSubnet: `172.28.${nth}.0/24` }
  const half = (place: number) => (place % 2 === 1 ? 111 : 50)
  return {
    ten: { primary: `10.${nth}.0.0/16`, subnet: (place) => `10.${nth}.${place}.0/24`, ...rest },
    twin: { primary: '10.1.0.0/16', subnet: (place) => `10.1.${place}.0/24`, ...rest },
    wide: { primary: '10.0.0.0/8', subnet: (place) => `10.${half(place)}.${place}.0/24`, ...rest },
    middle: {
      primary: '172.16.0.0/12',
      subnet: (place) => `172.${15 + nth}.${place}.0/24`,
      ...rest,
    },
    small: {
      primary: '192.168.0.0/16',
      subnet: (place) => `192.168.${nth * 16 + place}.0/24`,
      ...apart,
    },
    public: { primary: `30.${nth}.0.0/16`, subnet: (place) => `30.${nth}.${place}.0/24`, ...rest },
  }
}

type PlanName = 'ten' | 'twin' | 'wide' | 'middle' | 'small' | 'public'

function drawVpc({ dice, sketch }: Drawing, nth: number, linked: boolean): void {
  const name = dice.weighted<PlanName>(
    linked
      ? [
          [2, 'wide'],
          [2, 'small'],
          [2, 'middle'],
        ]
      : [
          [9, 'ten'],
          [1, 'twin'],
          [1, 'wide'],
          [2, 'middle'],
          [1, 'small'],
          [2, 'public'],
        ],
  )
  const plan = planOf(nth)[name]
  const count = dice.whole(1, 4)
  const further = count > 1 && dice.chance(linked ? 0.6 : 0.2)
  const ipv6 = dice.chance(0.45)
  const id = `vpc-${nth}`
  sketch.vpc.push({
    ...home,
    id,
    cidrs: further ? [plan.primary, plan.further] : [plan.primary],
    ...given(ipv6, { ipv6Cidrs: [`2408:4000:${nth}::/56`] }),
    ...given(dice.chance(0.15), { userCidrs: [dice.pick(['40.0.0.0/8', '203.0.113.0/24'])] }),
    ...given(dice.chance(0.05), { internetAccess: 'none' }),
  })
  for (let place = 1; place <= count; place++) {
    const cidr = further && place === count ? plan.furtherSubnet : plan.subnet(place)
    const ipv6Cidr = `2408:4000:${nth}:${place}::/64`
    sketch.subnet.push({
      ...home,
      id: `vsw-${nth}-${place}`,
      vpcId: id,
      cidr,
      ...given(ipv6, { ipv6Cidr }),
    })
  }
}

/** The instances of every VPC with their interfaces; 2 to 10 interfaces a VPC. */
export function drawInstances(drawing: Drawing): void {
  for (const { id } of drawing.sketch.vpc) {
    const most = drawing.dice.whole(2, 10)
    for (let nth = 1; interfacesOf(drawing.sketch, id).length < most; nth++) {
      drawInstance(drawing, id, nth)
    }
  }
}

function drawInstance(drawing: Drawing, vpcId: string, nth: number): void {
  const { dice, sketch } = drawing
  const id = `i-${vpcId.slice(4)}-${nth}`
  const healthy = dice.chance(0.975)
  sketch.instance.push({
    ...home,
    id,
    vpcId,
    network: 'vpc',
    state: healthy ? 'Running' : dice.pick(['Stopped', 'Starting', 'Stopping', 'Pending']),
    ...given(dice.chance(0.012), { locks: [dice.pick(['financial', 'security'])] }),
  })
  drawInterface(drawing, vpcId, 'primary', id)
  for (let more = 0; more < 2 && dice.chance(0.35); more++) {
    drawInterface(drawing, vpcId, 'secondary', dice.chance(0.9) ? id : undefined)
  }
}

function drawInterface(
  drawing: Drawing,
  vpcId: string,
  type: 'primary' | 'secondary',
  instanceId: string | undefined,
): void {
  const { dice, sketch } = drawing
  const { id: subnetId, cidr, ipv6Cidr } = dice.pick(subnetsOf(sketch, vpcId))
  const nth = interfacesOf(sketch, vpcId).length + 1
  const attached = instanceId !== undefined
  const odd = dice.pick(['Attaching', 'Detaching'] as const)
  const groups = sketch.securityGroup.filter((group) => group.vpcId === vpcId)
  const internet = dice.pick(['both', 'both', 'egress-only', 'none'] as const)
  const reach = given(dice.chance(0.95), { internet })
  const ipv6Addresses = [{ address: (ipv6Cidr ?? '').replace('/64', `${nth}`), ...reach }]
  sketch.networkInterface.push({
    ...home,
    id: `eni-${vpcId.slice(4)}-${nth}`,
    type,
    state: !attached ? 'Available' : type === 'secondary' && dice.chance(0.07) ? odd : 'InUse',
    vpcId,
    subnetId,
    ...(instanceId === undefined ? {} : { instanceId }),
    addresses: [hostOf(cidr, 10 + nth), ...(dice.chance(0.2) ? [hostOf(cidr, 100 + nth)] : [])],
    ...(ipv6Cidr !== undefined && dice.chance(0.8) ? { ipv6Addresses } : {}),
    securityGroupIds: dice.chance(0.004) ? [] : groupsFor(drawing, groups),
    ...given(dice.chance(0.12), { sourceDestCheck: dice.chance(0.6) }),
  })
}

function groupsFor({ dice }: Drawing, groups: readonly { readonly id: string }[]): string[] {
  const first = dice.pick(groups).id
  const more = dice.some(groups, 0.2).map(({ id }) => id)
  return [...new Set([first, ...more])]
}

/** HaVips, with and without a master. */
export function drawHaVips({ dice, sketch }: Drawing): void {
  for (const vpc of sketch.vpc) {
    for (let nth = 1; nth <= 2 && dice.chance(0.4); nth++) {
      const { id: subnetId, cidr } = dice.pick(subnetsOf(sketch, vpc.id))
      const enis = interfacesOf(sketch, vpc.id)
      const byInstance = dice.chance(0.5)
      const instances = sketch.instance.filter(({ vpcId }) => vpcId === vpc.id)
      const candidates = (byInstance ? instances : enis).map(({ id }) => id)
      const members = [...new Set([dice.pick(candidates), dice.pick(candidates)])]
      sketch.haVip.push({
        ...home,
        id: `havip-${vpc.id.slice(4)}-${nth}`,
        subnetId,
        address: hostOf(cidr, 200 + nth),
        members,
        ...given(dice.chance(0.85), { master: dice.pick(members) }),
      })
    }
  }
}
