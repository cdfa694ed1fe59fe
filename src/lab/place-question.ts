import type { Ask, Offer } from './host/request.ts'
import { WORLD } from './alibaba/lay-internet.ts'
import { isIpv6 } from './nft-text.ts'
import type { LabPlan, Seat } from './plan.ts'
import type { ProbeProtocol } from './wire/index.ts'

/** Whose packet it is. */
export type Origin =
  /** The guest chooses interface and address. */
  | { readonly kind: 'instance'; readonly id: string }
  /** It leaves by this interface, as its primary address. */
  | { readonly kind: 'networkInterface'; readonly id: string }
  /** `vpcId` absent: a host outside. */
  | { readonly kind: 'address'; readonly address: string; readonly vpcId?: string }

/** One packet to be sent for real. */
export interface WireQuestion {
  readonly origin: Origin
  readonly destination: string
  readonly protocol: ProbeProtocol
  readonly port?: number
  readonly sourcePort?: number
}

/** Where it is sent from, or why it cannot be sent. */
export type Placed =
  | { readonly kind: 'placed'; readonly ask: Omit<Ask, 'id'>; readonly from?: Seat }
  | { readonly kind: 'absent'; readonly why: string }

/** Finds the namespace, device and address that a question's packet starts from. */
export function placeQuestion(plan: LabPlan, question: WireQuestion): Placed {
  const { origin } = question
  const start = (rest: Omit<Ask, 'id' | 'protocol' | 'destination'>, from?: Seat): Placed => {
    const { destination, protocol, port, sourcePort } = question
    const ask = {
      ...rest,
      destination,
      protocol,
      ...(port === undefined ? {} : { port }),
      ...(sourcePort === undefined ? {} : { sourcePort }),
    }
    return { kind: 'placed', ask, ...(from ? { from } : {}) }
  }
  const ipv6 = isIpv6(question.destination)
  switch (origin.kind) {
    case 'instance': {
      const seats = plan.seats.filter(({ instanceId, at }) => instanceId === origin.id && at)
      const [first] = seats
      if (!first?.at) return absent(`instance ${origin.id} sends nothing`)
      return start({ space: first.at.space, locals: seats.flatMap(({ addresses }) => addresses) })
    }
    case 'networkInterface': {
      const seat = plan.seats.find(({ interfaceId }) => interfaceId === origin.id)
      const source = seat?.addresses.find((address) => isIpv6(address) === ipv6)
      if (!seat?.at)
        return absent(seat?.absentBecause?.words ?? `${origin.id} has no place in the lab`)
      if (source === undefined) return absent(`${origin.id} has no address of that family`)
      return start({ ...by(seat.at), source, locals: [source] }, seat)
    }
    case 'address': {
      const { address: source, vpcId } = origin
      if (isIpv6(source) !== ipv6) return absent('the two ends are of different families')
      if (vpcId === undefined) {
        if (!plan.publicHosts.includes(source)) return absent(`nobody outside has ${source}`)
        return start({ space: WORLD, source, locals: [source] })
      }
      const seat = plan.seats.find(
        (item) => item.vpcId === vpcId && item.addresses.includes(source),
      )
      if (!seat?.at) return absent(seat?.absentBecause?.words ?? `nobody has ${source}`)
      return start({ ...by(seat.at), source, locals: [source] }, seat)
    }
  }
}

function by({ space, mark }: NonNullable<Seat['at']>): Pick<Ask, 'space' | 'mark'> {
  return { space, mark }
}

function absent(why: string): Placed {
  return { kind: 'absent', why }
}

const answering: ReadonlySet<string> = new Set(['guest', 'internet', 'services'])

/**
 * What has to listen so that a question can be answered: every guest of which no sockets were seen
 * offers every port that is asked for, and so do hosts outside.
 */
export function offersFor(
  plan: LabPlan,
  ports: readonly { readonly protocol: 'tcp' | 'udp'; readonly port: number }[],
): readonly Offer[] {
  const spaces = plan.spaces.filter(({ role }) => answering.has(role))
  const any = ['0.0.0.0', '::']
  return spaces.flatMap(({ name: space, sockets }) => {
    const gre = any.map((address): Offer => ({ space, protocol: 'gre', address }))
    if (sockets) return [...gre, ...sockets.map((socket) => ({ space, ...socket }))]
    return [...gre, ...ports.flatMap((port) => any.map((address) => ({ space, address, ...port })))]
  })
}
