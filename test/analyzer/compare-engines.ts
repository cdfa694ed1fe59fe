import { compileFabric } from '#fabric'
import type { AskedPacket } from '#analyzer'
import type { Network } from '#model'
import { type DecidedBox, decideBoxes } from '../../src/analyzer/decide-boxes.ts'
import { createFollower, type Follower } from '../../src/analyzer/follow.ts'
import { refusals } from '../../src/analyzer/refusal-code.ts'
import { createSearcher, type Searcher } from '../../src/analyzer/search/search.ts'
import type { Walk } from '../../src/analyzer/search/walk.ts'
import { askConcrete } from '../oracle/ask-concrete.ts'
import { type ConcreteQuestion, type OracleAnswer, walk } from '../oracle/brute-force.ts'
import { verdictOfWalk } from './verdict-of-walk.ts'

/** Three readings of one network, side by side. */
export interface Readings {
  readonly network: Network
  readonly follower: Follower
  readonly searcher: Searcher
  readonly ask: (question: ConcreteQuestion) => AskedPacket | undefined
}

export function readNetwork(network: Network): Readings {
  const fabric = compileFabric(network)
  return {
    network,
    follower: createFollower(fabric),
    searcher: createSearcher(fabric),
    ask: (question) => askConcrete(fabric, network, question),
  }
}

/** What two readings say differently about one packet; both sides told for whoever looks into it. */
export interface Disagreement {
  readonly about: 'verdict' | 'search verdict' | 'follow code' | 'oracle code'
  readonly says: string
  readonly oracle: OracleAnswer
  readonly found: Walk | undefined
}

/** Undefined where the question cannot be put in the fabric's numbers. */
export function compare(
  { network, follower, searcher, ask }: Readings,
  question: ConcreteQuestion,
): readonly Disagreement[] | undefined {
  const asked = ask(question)
  if (!asked) return undefined
  const oracle = walk(network, question)
  const { verdict, boxes } = decideBoxes(follower, [asked])
  const [first] = boxes
  const single = first.branches === 1
  const found = single ? searcher.search(first.box, first.choices) : undefined
  const told: Disagreement[] = []
  const tell = (about: Disagreement['about'], says: string) =>
    told.push({ about, says, oracle, found })
  if (verdict !== oracle.verdict) {
    tell('verdict', `oracle ${oracle.verdict}, follow ${verdict}`)
  }
  if (found) compareSearch(follower, first, found, oracle, tell)
  else compareBranch(searcher, first, tell)
  return told
}

/** Of several branches, search explains the first that follow saw fail, or one that gets through. */
function compareBranch(
  searcher: Searcher,
  { box, branches, choices, failing }: DecidedBox,
  tell: (about: Disagreement['about'], says: string) => void,
): void {
  const explained = verdictOfWalk(searcher.search(box, choices))
  if ((explained === 'reachable') !== (failing === 0)) {
    tell('search verdict', `follow: ${failing} of ${branches} fail, search ${explained}`)
  }
}

function compareSearch(
  follower: Follower,
  { box, verdict }: DecidedBox,
  found: Walk,
  oracle: OracleAnswer,
  tell: (about: Disagreement['about'], says: string) => void,
): void {
  const explained = verdictOfWalk(found)
  const codes = new Set(found.findings.map(({ code }) => code))
  if (explained !== verdict) {
    tell('search verdict', `follow ${verdict}, search ${explained} ${[...codes].join()}`)
  }
  if (verdict !== 'unreachable') return
  follower.follow(box)
  const code = refusals[follower.refusal()]
  if (!hasCode(codes, code)) tell('follow code', `follow ${code}, search ${[...codes].join()}`)
  const blocker = oracle.branches[0].blocker?.code
  if (blocker !== undefined && !hasCode(codes, blocker)) {
    tell('oracle code', `oracle ${blocker}, search ${[...codes].join()}`)
  }
}

/**
 * What a reading may say instead: a packet that is lost in two ways at one place is lost for the
 * reason that is looked at first, and the explanation is wiser about what to mend.
 */
const synonyms: ReadonlyMap<string, readonly string[]> = new Map([
  // There is a route, only not in service; between a classic instance and a VPC, there is no link.
  ['route.none', ['route.inactive', 'classiclink.absent']],
  ['route.return.none', ['route.inactive', 'classiclink.absent']],
  ['classiclink.outside-primary', ['classiclink.absent']],
  ['route.inactive', ['route.none', 'route.return.none']],
  // A gateway without a mapping for a source, asked for a private destination or for a reply.
  ['igw.no-public-mapping.egress', ['igw.private-destination', 'route.next-hop-unresolved']],
  [
    'nat.return-bypass',
    ['igw.no-public-mapping.egress', 'peer.cidr-overlap', 'route.next-hop-unresolved'],
  ],
  // A gateway of another VPC; a relay that is itself the destination.
  [
    'route.next-hop-down',
    [
      'route.next-hop-unresolved',
      'instance.not-running',
      'instance.locked',
      'eni.not-attached',
      'eni.bad-state',
    ],
  ],
  // A next hop that is not there is not asked for the way to it.
  ['acl.egress.deny', ['route.next-hop-unresolved']],
  ['acl.return.egress.deny', ['route.next-hop-unresolved']],
  // A public address that leads to nobody, and could not be used besides.
  ['eip.bad-state', ['eip.not-bound']],
  ['nat.protocol-unsupported', ['havip.no-master']],
  ['igw.absent', ['havip.no-master']],
  // An interface without an address of the family never sends: the resolver settles that.
  ['query.no-common-ip-version', ['eni.no-ipv6-address']],
])

const hasCode = (codes: ReadonlySet<string>, code: string): boolean =>
  codes.has(code) || (synonyms.get(code) ?? []).some((other) => codes.has(other))
