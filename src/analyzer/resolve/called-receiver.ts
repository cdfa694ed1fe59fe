import { type Fabric, mapValue, publicOf, rankOf } from '#fabric'
import type { AddressEndpoint, Question, VpcAddress } from '#model'
import { unassigned } from './absent.ts'
import { componentOf } from './endpoint-component.ts'
import { portsOf } from './family.ts'
import type { Family, Ground } from './ground.ts'
import { behindPublicAddress, publicReceiver } from './public-receiver.ts'
import type { Settlement, UnaskableQuestion } from './question-resolution.ts'
import { receiver, type Receivers } from './receiver.ts'
import { bothOutside } from './unaskable.ts'

/** An address called from the Internet: a private one stands for the public one that leads to it. */
export function calledReceiver(
  ground: Ground,
  end: AddressEndpoint,
  family: Family,
  question: Question,
): Receivers | Settlement | UnaskableQuestion {
  const { fabric } = ground
  const rank = rankOf(fabric.line, end.address) ?? -1
  switch (end.realm) {
    case 'public':
      return receiver(fabric, rank, -1)
    case 'vpc':
      return publicOf(fabric, rank) >= 0
        ? receiver(fabric, rank, -1)
        : insideReceiver(ground, end, rank, question)
    case 'classic': {
      const own = portsOf(ground, fabric.find.instance(end.owner))
      return publicReceiver(ground, own, family, componentOf(end), question)
    }
    case 'provider':
    case 'beyond':
      return calledFromOutside(fabric, rank, end.address)
  }
}

/** No packet of the Internet gets to a private destination; a public one is not in this network. */
export function calledFromOutside(
  fabric: Fabric,
  rank: number,
  destination: string,
): Settlement | UnaskableQuestion {
  if (mapValue(fabric, fabric.privateSpace, rank) !== 1) return bothOutside
  return {
    kind: 'settled',
    code: 'igw.private-destination',
    component: { kind: 'internet', id: 'internet' },
    facts: { destination },
  }
}

function insideReceiver(
  ground: Ground,
  end: VpcAddress,
  rank: number,
  question: Question,
): Receivers | Settlement | UnaskableQuestion {
  const { address, owner } = end
  switch (owner?.kind) {
    case 'networkInterface': {
      const port = ground.fabric.find.port(owner.networkInterface)
      return behindPublicAddress(ground, rank, componentOf(end), question, port)
    }
    case 'haVip':
      return behindPublicAddress(ground, rank, componentOf(end), question)
    case 'cloudService':
      return calledFromOutside(ground.fabric, rank, address)
    case 'loadBalancer': {
      const port = ground.fabric.find.balancer(owner.loadBalancer)
      return behindPublicAddress(ground, rank, componentOf(end), question, port)
    }
    case undefined:
      return unassigned(ground, end)
  }
}
