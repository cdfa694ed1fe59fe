import { expect, test } from 'vitest'
import { type AskedPacket, createAnalyzer } from '#analyzer'
import { type Dice, diceOf, halfReadNetwork, randomNetwork, seededRandom } from '#conformance'
import { compileFabric, createJudge, type Fabric } from '#fabric'
import { type Network, parseNetwork } from '#model'
import { decideBoxes, verdictOf } from '../../src/analyzer/decide-boxes.ts'
import { createFollower } from '../../src/analyzer/follow.ts'
import { createPlainLane, UNPLAIN } from '../../src/analyzer/plain/plain-lane.ts'

const networks = Number(process.env.HOPWISE_NETWORKS ?? 60)
const questions = 400
const firstSeed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)

test('what the plain lane decides, follow decides the same', () => {
  process.stdout.write(`plain-lane: ${networks} networks from HOPWISE_SEED=${firstSeed}\n`)
  const seen: Seen = { wrong: [], asked: 0, told: new Map() }
  for (let seed = firstSeed; seed < firstSeed + networks; seed++) {
    const random = seededRandom(seed)
    const dice = diceOf(random)
    askNetwork(seed, compileFabric(randomNetwork(random)), dice, seen)
    askNetwork(seed, compileFabric(halfReadNetwork(random).half), dice, seen)
    askNetwork(seed, compileFabric(tidy(randomNetwork(random, { gaps: false }))), dice, seen)
  }
  expect(seen.wrong).toEqual([])
  // A lane that leaves everything to follow would never be wrong.
  expect(seen.told.get('reachable')).toBeGreaterThan(networks * 15)
  expect(seen.told.get('unreachable')).toBeGreaterThan(networks * 15)
})

test('a client whose address the server has, too, is left to follow', () => {
  const analyzer = createAnalyzer(compileFabric(twins()))
  const asked = { from: 'eni-1', to: 'eni-2', protocol: 'tcp', port: 80 } as const
  expect(analyzer.verdict(asked)).toEqual({ verdict: 'unreachable' })
  const answer = analyzer.ask(asked)
  const codes = 'findings' in answer ? answer.findings.map(({ code }) => code) : []
  expect(codes).toContain('guest.martian-source')
})

/** Two VPCs of the same ranges behind a link, with one address on both sides of it. */
function twins(): Network {
  const home = { provider: 'alibaba', account: '1', region: 'cn-test' }
  const any = { protocol: 'all', ports: [], peer: { kind: 'cidr', cidr: '0.0.0.0/0' } }
  const accept = { action: 'accept', priority: 1, ...any }
  const each = (make: (nth: number) => object) => [1, 2].map((nth) => ({ ...home, ...make(nth) }))
  const link = (nth: number) => ({ kind: 'routerInterface', id: `ri-${nth}` })
  const parsed = parseNetwork({
    kind: 'hopwise.network/v1',
    vpc: each((nth) => ({ id: `vpc-${nth}`, cidrs: ['10.1.0.0/16'] })),
    subnet: each((nth) => ({ id: `vsw-${nth}`, vpcId: `vpc-${nth}`, cidr: '10.1.1.0/24' })),
    instance: each((nth) => ({
      id: `i-${nth}`,
      state: 'Running',
      network: 'vpc',
      vpcId: `vpc-${nth}`,
    })),
    networkInterface: each((nth) => ({
      id: `eni-${nth}`,
      type: 'primary',
      state: 'InUse',
      vpcId: `vpc-${nth}`,
      subnetId: `vsw-${nth}`,
      instanceId: `i-${nth}`,
      addresses: ['10.1.1.12'],
      securityGroupIds: [`sg-${nth}`],
    })),
    securityGroup: each((nth) => ({
      id: `sg-${nth}`,
      vpcId: `vpc-${nth}`,
      type: 'basic',
      intraGroup: 'accept',
      rules: (['ingress', 'egress'] as const).map((direction) => ({
        id: direction,
        direction,
        ...accept,
      })),
    })),
    routeTable: each((nth) => ({
      id: `vtb-${nth}`,
      vpcId: `vpc-${nth}`,
      type: 'system',
      routes: [
        {
          id: `rte-${nth}`,
          destination: '10.1.1.0/24',
          origin: 'custom',
          state: 'Available',
          nextHops: [{ target: link(nth) }],
        },
      ],
    })),
    routerInterface: each((nth) => ({
      id: `ri-${nth}`,
      vpcId: `vpc-${nth}`,
      oppositeId: `ri-${3 - nth}`,
      oppositeVpcId: `vpc-${3 - nth}`,
      state: 'Active',
    })),
  })
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message)
  return parsed.network
}

/** The same network with nothing unusual about its interfaces and instances: what the lane is for. */
function tidy(network: Network): Network {
  const { guests: _, haVip: __, ...rest } = network
  const firsts = (network.networkInterface ?? []).filter(({ type }) => type === 'primary')
  return {
    ...rest,
    networkInterface: firsts.map(({ sourceDestCheck: ___, ...item }) => ({
      ...item,
      state: 'InUse',
      addresses: item.addresses.slice(0, 1),
    })),
    instance: (network.instance ?? []).map(({ locks: ___, ...item }) => ({
      ...item,
      state: 'Running',
    })),
    publicAddress: (network.publicAddress ?? []).map((item) => ({
      ...item,
      state: 'InUse',
      mode: 'nat',
    })),
    // Enterprise groups, which let nothing out, and rules by source ports are for the others.
    securityGroup: (network.securityGroup ?? []).map((group) => ({ ...group, type: 'basic' })),
  }
}

interface Seen {
  readonly wrong: string[]
  asked: number
  /** How often the lane gave each verdict. */
  readonly told: Map<string, number>
}

function askNetwork(seed: number, fabric: Fabric, dice: Dice, seen: Seen): void {
  const follower = createFollower(fabric)
  const lane = createPlainLane(fabric, createJudge(fabric))
  if (fabric.ports.interfaces === 0) return
  for (let i = 0; i < questions; i++) {
    const box = drawBox(fabric, dice)
    const outcome = lane(box)
    seen.asked++
    if (outcome === UNPLAIN) continue
    const told = verdictOf(outcome)
    seen.told.set(told, (seen.told.get(told) ?? 0) + 1)
    const { verdict } = decideBoxes(follower, [box])
    if (verdict !== told)
      seen.wrong.push(`${told}, follow ${verdict} ${JSON.stringify({ seed, box })}`)
  }
}

const services = [22, 25, 53, 80, 443, 3306, 6379, 8080]

/** From one interface to another, by its private or a public address, from any or a few client ports. */
function drawBox({ ports, publics, rules }: Fabric, dice: Dice): AskedPacket {
  const sender = dice.whole(0, ports.interfaces - 1)
  const receiver = dice.whole(0, ports.interfaces - 1)
  const called = publics.addresses > 0 && dice.chance(0.3)
  const destination = called
    ? publics.rank[dice.whole(0, publics.addresses - 1)]
    : ports.address4[receiver]
  const entry = rules.keys.length > 0 ? dice.whole(0, rules.keys.length - 1) : -1
  // Ports at which some rule begins or ends tell more than others.
  const edge =
    entry < 0 ? 80 : dice.pick([rules.words[entry << 2] >>> 16, rules.words[entry << 2] & 0xffff])
  const port = dice.chance(0.5) ? edge : dice.pick(services)
  const byInstance = dice.chance(0.2)
  const source = byInstance || dice.chance(0.3) ? -1 : ports.address4[sender]
  const low = dice.chance(0.7) ? 1024 : dice.whole(1024, 65535)
  return {
    instance: byInstance ? ports.instance[sender] : -1,
    port: byInstance ? -1 : sender,
    source,
    sourceHigh: source,
    destination: Math.max(0, destination),
    destinationHigh: Math.max(0, destination),
    protocol: dice.pick([6, 6, 6, 17, 1]),
    sourcePort: low,
    sourcePortHigh: low === 1024 ? 65535 : low,
    destinationPort: port,
    destinationPortHigh: port,
    target: !called && dice.chance(0.5) ? receiver : -1,
    targetDomain: -1,
    outside: false,
    exit: -1,
  }
}
