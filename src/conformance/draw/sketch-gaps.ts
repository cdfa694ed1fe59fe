import type { Gap } from '#model'
import { leaveGap } from './sketch.ts'
import type { Drawing, Sketch } from './sketch.ts'

/** What was not read, or is in doubt: in two networks out of five. */
export function drawGaps(drawing: Drawing): void {
  if (!drawing.dice.chance(0.4)) return
  const count = drawing.dice.weighted([
    [3, 1],
    [1, 2],
  ])
  for (let nth = 0; nth < count; nth++) drawGap(drawing)
}

/** One kind of input is missing or in doubt. */
export function drawGap(drawing: Drawing): void {
  const { dice, sketch } = drawing
  const kind = dice.pick(gapKinds)
  switch (kind) {
    case 'ipv6Internet':
      return leaveGap(sketch, kind)
    case 'classicLink':
      return leaveFact(
        drawing,
        kind,
        sketch.instance.filter(({ classic }) => classic),
      )
    case 'networkAclAssociation':
    case 'addressUse':
      return leaveFact(drawing, kind, sketch.subnet)
    default:
      return dice.chance(0.5) ? leaveInDoubt(drawing, kind) : leaveOut(drawing, kind)
  }
}

/** Every kind that a walk of this provider may need. */
const gapKinds = [
  'vpc',
  'subnet',
  'instance',
  'networkInterface',
  'securityGroup',
  'securityGroup',
  'networkAcl',
  'routeTable',
  'publicAddress',
  'natGateway',
  'internetGateway',
  'peering',
  'routerInterface',
  'prefixList',
  'haVip',
  'loadBalancer',
  'ipv6Internet',
  'classicLink',
  'networkAclAssociation',
  'addressUse',
] as const satisfies readonly Gap['kind'][]

type ListedKind = Exclude<
  (typeof gapKinds)[number],
  'ipv6Internet' | 'classicLink' | 'networkAclAssociation' | 'addressUse'
>

/** Facts inside other resources: of some of them, or of all. */
function leaveFact(
  { dice, sketch }: Drawing,
  kind: Gap['kind'],
  items: readonly { readonly id: string }[],
): void {
  if (dice.chance(0.4)) return leaveGap(sketch, kind)
  for (const { id } of items) if (dice.chance(0.4)) leaveGap(sketch, kind, id)
}

/** Listed, but the sources contradict each other, or only part of it was read. */
function leaveInDoubt({ dice, sketch }: Drawing, kind: ListedKind): void {
  for (const { id } of sketch[kind]) if (dice.chance(0.4)) leaveGap(sketch, kind, id)
}

/** Some are not listed at all: each is missed by its id, or the kind as a whole. */
function leaveOut({ dice, sketch }: Drawing, kind: ListedKind): void {
  const whole = dice.chance(0.5)
  const gone = new Set(
    sketch[kind]
      .filter((item) => dice.chance(0.3) && (whole || !isClassic(item)) && !isLast(sketch, item))
      .map(({ id }) => id),
  )
  if (whole) leaveGap(sketch, kind)
  else for (const id of gone) leaveGap(sketch, kind, id)
  remove(sketch, kind, gone)
}

/** A VPC keeps its first interface: somebody has to ask. */
function isLast({ networkInterface }: Sketch, item: object): boolean {
  const own = networkInterface.find((eni) => eni === item)
  return own !== undefined && networkInterface.find(({ vpcId }) => vpcId === own.vpcId) === own
}

/** Decision 0008: the public address of a single classic instance that was not read looks like any other. */
const isClassic = (item: object): boolean => 'classic' in item && item.classic !== undefined

function remove(sketch: Sketch, kind: ListedKind, gone: ReadonlySet<string>): void {
  Object.assign(sketch, { [kind]: sketch[kind].filter(({ id }) => !gone.has(id)) })
}
