import type { Answer, Listener, Network } from '#model'

/**
 * Whether paper and wire name the same stops, each as `leg id`. Where a load balancer may choose
 * among several backends that all answer, the paper shows one and the wire takes one: the same one
 * on both legs.
 */
export function areSameStops(
  network: Network,
  asked: Asked,
  paper: readonly string[],
  wire: readonly string[],
): boolean {
  if (paper.length !== wire.length) return false
  const choices = choicesOf(network, asked, paper, wire)
  return paper.every((stop, nth) => chosen(choices, paper, stop, nth) === wire[nth])
}

/** What the question asks for. */
type Asked = Pick<Answer, 'protocol' | 'port'>

/** The backends that both sides have chosen, where they differ. */
interface Choice {
  readonly paper: string
  readonly wire: string
}

/** By load balancer. */
type Choices = ReadonlyMap<string, Choice>

/** Only a request is given to a backend; its reply has no choice left. */
function choicesOf(
  network: Network,
  asked: Asked,
  paper: readonly string[],
  wire: readonly string[],
): Choices {
  return new Map(
    paper.flatMap((stop, nth) => {
      const balancer = idOf(paper[nth - 1])
      const choice = { paper: idOf(stop), wire: idOf(wire[nth]) }
      if (!stop.startsWith('forward ') || choice.paper === choice.wire) return []
      const way = paper.slice(0, nth).map(idOf)
      const free = listenersOf(network, asked, balancer, way).some((listener) => {
        const names = backendsOf(network, listener)
        return names.has(choice.paper) && names.has(choice.wire)
      })
      return free ? [[balancer, choice] as const] : []
    }),
  )
}

/** A stop of the paper, had its load balancer chosen as that of the wire did. */
function chosen(choices: Choices, paper: readonly string[], stop: string, nth: number): string {
  const forward = stop.startsWith('forward ')
  const choice = choices.get(idOf(forward ? paper[nth - 1] : paper[nth + 1]))
  if (choice?.paper !== idOf(stop)) return stop
  return `${forward ? 'forward' : 'return'} ${choice.wire}`
}

const idOf = (stop = ''): string => stop.split(' ')[1] ?? ''

/** The running listeners that may have taken the packet. */
function listenersOf(
  { loadBalancer = [], natGateway = [] }: Network,
  { protocol, port }: Asked,
  balancer: string,
  way: readonly string[],
): readonly Listener[] {
  const { listeners = [] } = loadBalancer.find(({ id }) => id === balancer) ?? {}
  // A NAT gateway on the way may have turned the port that was asked for into another one.
  const translated = natGateway.some(({ id }) => way.includes(id))
  return listeners.filter(
    (listener) =>
      listener.state === 'running' &&
      listener.protocol === protocol &&
      (translated || listener.port === port),
  )
}

/** What gets connections of a listener, as stops name it. */
function backendsOf(
  { networkInterface = [] }: Network,
  { backends }: Listener,
): ReadonlySet<string> {
  return new Set(
    backends.flatMap(({ target, weight }) => {
      if (weight === 0) return []
      const owner = networkInterface.find(({ id }) => id === target.id)?.instanceId
      return owner ?? target.id
    }),
  )
}
