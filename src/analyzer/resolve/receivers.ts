import { publicOf, rangeOf, rankFamily, rankOf } from '#fabric'
import type { Endpoint, Question } from '#model'
import { withoutInterface } from './absent.ts'
import { componentOf } from './endpoint-component.ts'
import { addressIn, firstPortOf, portsOf } from './family.ts'
import type { Family, Ground } from './ground.ts'
import { balancerReceivers, frontendPorts } from './balancer-receivers.ts'
import { calledFromOutside, calledReceiver } from './called-receiver.ts'
import { behindPublicAddress, publicReceiver } from './public-receiver.ts'
import type { Settlement, UnaskableQuestion } from './question-resolution.ts'
import { receiver, type Receivers, severalReceivers } from './receiver.ts'

type End<Kind extends Endpoint['kind']> = Extract<Endpoint, { kind: Kind }>

/** Who is meant, or why nobody can be. `called`: from the Internet, by a public address. */
export function receiversOf(
  ground: Ground,
  end: Endpoint,
  family: Family,
  called: boolean,
  question: Question,
): Receivers | Settlement | UnaskableQuestion {
  switch (end.kind) {
    case 'internet':
      return severalReceivers(ground.outside[family], true)
    case 'instance':
      return instanceReceiver(ground, end, family, called, question)
    case 'networkInterface': {
      const port = ground.fabric.find.port(end.networkInterface)
      if (called) return publicReceiver(ground, [port], family, componentOf(end), question)
      return receiver(ground.fabric, addressIn(ground, port, family), port)
    }
    case 'haVip':
      return haVipReceiver(ground, end, called, question)
    case 'cloudService':
      return serviceReceiver(ground, end, called)
    case 'boundary':
      if (frontendPorts(ground, end).length > 0)
        return balancerReceivers(ground, end, family, called, question)
      return {
        kind: 'settled',
        code: 'query.unsupported-feature',
        component: componentOf(end),
        facts: { feature: end.resourceKind },
      }
    case 'address':
      if (called) return calledReceiver(ground, end, family, question)
      return addressReceiver(ground, end)
  }
}

function instanceReceiver(
  ground: Ground,
  end: End<'instance'>,
  family: Family,
  called: boolean,
  question: Question,
): Receivers | Settlement {
  const component = componentOf(end)
  const instance = ground.fabric.find.instance(end.instance)
  const first = firstPortOf(ground, instance)
  if (first < 0) {
    return withoutInterface(ground, end.instance, component)
  }
  const own = portsOf(ground, instance)
  if (called) return publicReceiver(ground, own, family, component, question)
  const speaker = own.find((port) => addressIn(ground, port, family) >= 0) ?? first
  return receiver(ground.fabric, addressIn(ground, speaker, family), speaker)
}

function haVipReceiver(
  ground: Ground,
  end: End<'haVip'>,
  called: boolean,
  question: Question,
): Receivers | Settlement {
  const rank = rankOf(ground.fabric.line, end.haVip.address) ?? -1
  if (!called) return receiver(ground.fabric, rank, -1)
  return behindPublicAddress(ground, rank, componentOf(end), question)
}

function serviceReceiver(
  { fabric }: Ground,
  { cloudService }: End<'cloudService'>,
  called: boolean,
): Receivers | Settlement | UnaskableQuestion {
  const ranges = cloudService.cidrs.flatMap((cidr) => rangeOf(fabric.line, cidr) ?? [])
  const [first] = ranges
  if (!first || !called) return severalReceivers(ranges, false)
  return calledFromOutside(fabric, first.low, cloudService.id)
}

/** A public IPv4 address that is nobody's here is a host outside. */
function addressReceiver({ fabric }: Ground, end: End<'address'>): Receivers {
  const rank = rankOf(fabric.line, end.address) ?? -1
  const foreign = end.realm === 'public' && !end.owner && publicOf(fabric, rank) < 0
  return {
    ...receiver(fabric, rank, -1),
    // Where addresses were not read, this one may be among them: the walk says so.
    outside: foreign && rankFamily(fabric.line, rank) === 4 && !fabric.flags.publicsUnread,
  }
}
