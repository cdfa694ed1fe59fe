import type { Fabric, GuestFlow, Judge } from '#fabric'
import {
  type Assumption,
  type Component,
  type FindingRecord,
  indexNetwork,
  type LegName,
  type NetworkIndex,
  type Stage,
} from '#model'
import type { AskedPacket } from '../asked-packet.ts'
import { blankPacket } from '../split-box.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { LegEnd, Walk } from './walk.ts'

/** One walk in progress: what it reads, what it carries, and what it has written down so far. */
export interface Run {
  readonly fabric: Fabric
  readonly judge: Judge
  /** The judge's packet: the header as it is where the walk stands. */
  readonly packet: Int32Array
  readonly show: Evidence
  readonly index: NetworkIndex
  readonly steps: Steps
  asked: AskedPacket
  choices: readonly number[]
  /** The forks that the walk met before it had to suppose anything. */
  forks: Fork[]
  texts: EndTexts
  hops: RecordedHop[]
  findings: FindingRecord[]
  assumptions: Assumption[]
  /** What the groups of ports that the forward packet has passed know of the connection. */
  sessions: Session[]
  /** Connections that guests on the way know. */
  flows: GuestFlow[]
  state: WalkState
  /** Alternatives found by supposing, cheapest first. */
  others: Walk[]
}

/** A place where a packet may go one of several ways, and the load balancer that it is. */
export interface Fork {
  readonly options: number
  readonly balancer: Component | undefined
}

/** A connection as the groups of a port know it, by the ends that the forward packet had there. */
export interface Session {
  readonly port: number
  readonly source: number
  readonly destination: number
}

/** What to call the ends of a question where their ranks do not say it. */
export interface EndTexts {
  readonly source?: string | undefined
  readonly destination?: string | undefined
}

/** A stop that is still being written. */
export interface RecordedHop {
  readonly leg: LegName
  readonly at: Component
  readonly interface?: string
  readonly address?: string
  readonly stages: Stage[]
}

/**
 * Steps that steps before them come back to. Going through this table keeps the files of this
 * folder free of import cycles.
 */
export interface Steps {
  /** A packet leaves a port; `filtered`: its groups are asked. */
  emit(run: Run, port: number, filtered: boolean): LegEnd
  /** A next hop takes the packet; `hop` is its number among all routes' hops, -1 if it was supposed. */
  handOver(run: Run, port: number, kind: number, target: number, hop: number): LegEnd
  /** The return leg of a forward leg that ended so, and the walk that both make. */
  finish(run: Run, forward: LegEnd): Walk
}

/** Where a walk stands; -1 is "none" throughout. */
export interface WalkState {
  leg: LegName
  /** Port behind the packet's present source and destination, where the walk knows it. */
  sourcePeer: number
  destinationPeer: number
  /** Translations of the forward leg: public records and NAT gateways, out and in. */
  outPublic: number
  outNat: number
  inPublic: number
  inNat: number
  /** Port that received the forward packet, or one of `RECEIVER`. */
  receiver: number
  /** Port that the receiver's guest got the forward packet by. */
  cameBy: number
  originDomain: number
  originSource: number
  originPort: number
  /** Public address by which a NAT gateway was called. */
  calledRank: number
  /** The load balancer that handed the request over. */
  balancer: Balancing | undefined
  /** Added to the called port by a DNAT entry. */
  portShift: number
  /** The reply has passed the translation it had to pass. */
  retraced: boolean
  /** Domain of the port that the packet left last. */
  lastDomain: number
  /** Branch choices made so far. */
  depth: number
  /** Next hops supposed so far. */
  supposed: number
  /** Sources that NAT gateways with interfaces of their own hide, the outermost last. */
  hidden: { readonly rank: number; readonly port: number }[]
  /** Ports that have relayed on this leg; -1 for a router. */
  relays: number[]
  /** Asked service and address as text, before any translation. */
  service: string
  called: string
  /** First thing supposed. */
  via: Component | undefined
}

/** What a load balancer knows of the connection that it handed over. */
export interface Balancing {
  /** The port that stands for it, the address that was called, and what it added to the port. */
  readonly port: number
  readonly address: number
  readonly shift: number
  /** Rank of the client, and the port behind it where the walk knows it. */
  readonly client: { readonly rank: number; readonly peer: number }
}

/** Receivers that are no port. */
export const RECEIVER = { outside: -2, service: -3 } as const

/** A run that waits for its first question. */
export function createRun(fabric: Fabric, judge: Judge, show: Evidence, steps: Steps): Run {
  return {
    fabric,
    judge,
    packet: judge.packet,
    show,
    index: indexNetwork(fabric.network),
    steps,
    asked: nothing,
    choices: [],
    forks: [],
    texts: {},
    hops: [],
    findings: [],
    assumptions: [],
    sessions: [],
    flows: [],
    state: freshState(),
    others: [],
  }
}

/** Forgets the last walk; what it wrote down belongs to whoever holds it. */
export function restart(
  run: Run,
  asked: AskedPacket,
  choices: readonly number[],
  texts: EndTexts,
): void {
  run.asked = asked
  run.texts = texts
  run.choices = choices
  run.forks = []
  run.hops = []
  run.findings = []
  run.assumptions = []
  run.sessions = []
  run.flows = []
  run.others = []
  run.state = freshState()
}

const nothing: AskedPacket = blankPacket()

function freshState(): WalkState {
  return {
    leg: 'forward',
    sourcePeer: -1,
    destinationPeer: -1,
    outPublic: -1,
    outNat: -1,
    inPublic: -1,
    inNat: -1,
    receiver: -1,
    cameBy: -1,
    originDomain: -1,
    originSource: -1,
    originPort: -1,
    calledRank: -1,
    balancer: undefined,
    portShift: 0,
    retraced: false,
    lastDomain: -1,
    depth: 0,
    supposed: 0,
    hidden: [],
    relays: [],
    service: '',
    called: '',
    via: undefined,
  }
}
