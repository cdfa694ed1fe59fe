import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { compilePlan, type Lab, labNames, type LabPlan, startLab } from '#lab'
import type { Network } from '#model'
import { balancerCases } from '../lab/balancer-cases.ts'
import {
  addBalancer,
  at,
  backend,
  eip,
  listener,
  networkOf,
  outside,
} from '../lab/balancer-network.ts'
import { whyNoLab } from '../lab/why-no-lab.ts'
import { machineDevices, namespacesOf, processesWith, stillHeld } from './lab-machine.ts'
import { askWire, type WireAnswer, type WireSettings } from './wire-answers.ts'

const why = whyNoLab()
const before = machineDevices()
const folder = mkdtempSync(join(tmpdir(), 'hopwise-balancer-'))
const variable = `HOPWISE_LABS=${folder}`
let lab: Lab | undefined

beforeAll(async () => {
  vi.stubEnv('HOPWISE_LABS', folder)
  if (why === undefined) lab = await startLab(`balancer-${process.pid}`)
})

beforeEach(({ skip }) => {
  if (why !== undefined) skip(why)
})

afterAll(async () => {
  await lab?.end()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

test.each(balancerCases)('point $point of decision 0010: $title', async (item) => {
  const answers = await wire(networkOf(item.change), Object.keys(item.expect))
  const said = Object.keys(item.expect).map((question, nth) => [question, wordsOf(answers[nth])])
  expect(Object.fromEntries(said)).toEqual(item.expect)
})

test('point 4 of decision 0010: each backend gets connections, and the trace says which', async () => {
  const backends = [backend('i-b', 80), backend('i-c', 80), backend('i-a', 80, 0)]
  const network = networkOf((s) => void addBalancer(s, listener(80, ...backends)))
  const questions = Array.from({ length: 6 }, () => 'i-a > 10.1.1.100 tcp 80')
  const answers = await wire(network, questions)
  expect(answers.map(({ outcome }) => outcome)).toEqual(questions.map(() => 'answered'))
  const taken = answers.map(({ balanced: [rule], stops }) => `${rule} at ${stops[2]}`)
  expect([...new Set(taken)].toSorted()).toEqual([
    'tcp 80 to eni-b at forward i-b',
    'tcp 80 to eni-c at forward i-c',
  ])
})

test('point 8 of decision 0010: among several backends only its own turn is lost', async () => {
  const network = networkOf(
    (s) => void addBalancer(s, listener(80, backend('i-b', 80), backend('i-c', 80))),
  )
  const answers = await wire(
    network,
    Array.from({ length: 4 }, () => 'i-b > 10.1.1.100 tcp 80'),
  )
  expect(answers.map(wordsOf).toSorted()).toEqual([
    'forward guest.martian-source instance i-b',
    'forward guest.martian-source instance i-b',
    'i-b lb-1 i-c',
    'i-b lb-1 i-c',
  ])
})

test('point 6 of decision 0010: a session belongs to whoever handed the guest its last request', async () => {
  const dns = { ...listener(53, backend('i-b', 53)), protocol: 'udp' } as const
  const network = networkOf((s) => void addBalancer(s, dns))
  const questions = ['i-c > 10.1.1.100 udp 53', 'i-c > 10.1.1.12 udp 53']
  const both = [...questions, ...questions]
  const answers = await wire(network, both, { oneByOne: true })
  expect(answers.map(wordsOf)).toEqual(both.map((_, nth) => ['i-c lb-1 i-b', 'i-c i-b'][nth % 2]))
  const spoil = without(/ct mark set 0/)
  const mistaken = await wire(network, both, { oneByOne: true, spoil })
  const instead = ['i-c lb-1 i-b', 'return nat.return-bypass instance i-c']
  expect(mistaken.map(wordsOf)).toEqual(both.map((_, nth) => instead[nth % 2]))
})

/** A mistake in the plan, by the lines that it takes away or changes. */
interface Fault {
  readonly says: string
  /** The title of the case that shows it. */
  readonly shownBy: RegExp
  readonly spoil: Spoil
  /** What becomes of questions of the case; the others are answered as ever. */
  readonly yields: Readonly<Record<string, string>>
}

const faults: readonly Fault[] = [
  {
    says: 'lists judge it',
    shownBy: /list of its vSwitch that admits nobody/,
    spoil: without(/ip daddr .* counter return/),
    yields: { [`i-d > ${at} tcp 81`]: 'forward acl.ingress.deny networkAcl acl-1' },
  },
  {
    says: 'lists judge its answers',
    shownBy: /list of its vSwitch that admits/,
    spoil: without(/ether saddr \{.* return/),
    yields: { [`i-d > ${at} tcp 81`]: 'return acl.egress.deny networkAcl acl-1' },
  },
  {
    // Each reply reaches its client past the load balancer, as one that belongs to nothing.
    says: 'replies follow the guest’s neighbour',
    shownBy: /a client reaches it from/,
    spoil: without(/ether daddr set/),
    yields: {
      [`i-a > ${at} tcp 80`]: 'return nat.return-bypass instance i-a',
      [`i-c > ${at} tcp 80`]: 'return nat.return-bypass instance i-c',
      [`i-a > ${at} tcp 81`]: 'return nat.return-bypass instance i-a',
    },
  },
  {
    says: 'the way of a session is forgotten',
    shownBy: /reply goes back whatever/,
    spoil: without(/ct mark set/),
    yields: { [`i-a > ${at} tcp 81`]: 'return route.blackhole routeTable rtb-c' },
  },
  {
    says: 'backends are looked up in tables',
    shownBy: /no route table is asked/,
    spoil: without(/pref 40 iif k0/),
    yields: { [`i-a > ${at} tcp 81`]: 'forward lb.return-bypass loadBalancer lb-1' },
  },
  {
    // Only the backend with an EIP of its own has a bypass to answer by.
    says: 'a bypass overrules the way back',
    shownBy: /by its EIP, without/,
    spoil: without(/meta mark >= \d+ return/),
    yields: { [`${outside} > ${eip} tcp 81`]: 'return nat.return-bypass internet internet' },
  },
  {
    says: 'stray replies are other packets',
    shownBy: /where the other interface checks/,
    spoil: without(/@handed.* drop/),
    yields: {
      [`i-z > ${at} tcp 80`]: 'return eni.source-dest-check networkInterface eni-b2',
    },
  },
  {
    says: 'gateway tables redirect',
    shownBy: /gateway route table does not/,
    spoil: without(/pref 59 iif inet/),
    yields: { [`${outside} > ${eip} tcp 80`]: 'forward route.blackhole routeTable rtb-in' },
  },
  {
    // Where no listener is, the load balancer’s own kernel refuses.
    says: 'state says nothing',
    shownBy: /that is not active takes/,
    spoil: inBalancer(/^counter drop/, 'counter accept'),
    yields: {
      [`i-a > ${at} tcp 80`]: 'i-a lb-1 i-b',
      [`i-a > ${at} tcp 443`]: 'refused',
    },
  },
  {
    says: 'every port is open',
    shownBy: /stopped listeners/,
    spoil: inBalancer(/^counter drop/, 'counter accept'),
    yields: {
      [`i-a > ${at} tcp 82`]: 'refused',
      [`i-a > ${at} tcp 443`]: 'refused',
      [`i-a > ${at} udp 80`]: 'refused',
      [`i-a > ${at} gre`]: 'refused',
    },
  },
  {
    says: 'one backend gets all',
    shownBy: /weight of 0/,
    spoil: inBalancer(/dnat to 10\.1\.2\.11/, 'dnat to 10.1.1.12'),
    yields: { [`i-a > ${at} tcp 80`]: 'i-a lb-1 i-b' },
  },
  {
    says: 'its answers belong to no session',
    shownBy: /client reaches it from/,
    spoil: without(/ct state established, related/),
    yields: {
      [`i-a > ${at} tcp 80`]: 'return lb.return-bypass loadBalancer lb-1',
      [`i-c > ${at} tcp 80`]: 'return lb.return-bypass loadBalancer lb-1',
      [`i-a > ${at} tcp 81`]: 'return lb.return-bypass loadBalancer lb-1',
    },
  },
]

test.each(faults)('a mistake shows on the wire: $says', async ({ shownBy, spoil, yields }) => {
  const item = balancerCases.find(({ title }) => shownBy.test(title))
  if (!item) throw new Error(`no case is ${shownBy.source}`)
  const questions = Object.keys(item.expect)
  const answers = await wire(networkOf(item.change), questions, { spoil })
  const said = questions.map((question, nth) => [question, wordsOf(answers[nth])])
  expect(Object.fromEntries(said)).toEqual({ ...item.expect, ...yields })
})

test('a lab with load balancers leaves nothing on the machine', async () => {
  const network = networkOf((s) => void addBalancer(s, listener(80, backend('i-b', 80))))
  await lab?.ask({ op: 'build', plan: compilePlan(network) })
  const held = processesWith(variable).flatMap(namespacesOf)
  expect(held.length).toBeGreaterThan(5)
  await lab?.end()
  lab = undefined
  expect(processesWith(variable)).toEqual([])
  expect(stillHeld(held)).toEqual([])
  expect(machineDevices()).toEqual(before)
  expect(labNames()).toEqual([])
})

async function wire(network: Network, questions: readonly string[], settings?: WireSettings) {
  if (!lab) throw new Error('there is no lab')
  return askWire(lab, network, questions, settings)
}

type Spoil = (plan: LabPlan) => LabPlan

/** Takes the lines away that match, wherever they stand. */
function without(lines: RegExp): Spoil {
  return (plan) => ({
    ...plan,
    spaces: plan.spaces.map((space) => {
      const kept = (list: Space['ip']) => list.filter(({ text }) => !lines.test(text))
      return { ...space, ip: kept(space.ip), nft: kept(space.nft) }
    }),
  })
}

/** Changes the rules of load balancers. */
function inBalancer(found: RegExp, instead: string): Spoil {
  return (plan) => ({
    ...plan,
    spaces: plan.spaces.map((space) => {
      if (space.role !== 'loadBalancer') return space
      const nft = space.nft.map((line) => ({ ...line, text: line.text.replace(found, instead) }))
      return { ...space, nft }
    }),
  })
}

type Space = LabPlan['spaces'][number]

/** The way there of what was answered the same way back, or what stopped it. */
function wordsOf(answer: WireAnswer | undefined): string {
  if (!answer) return 'nothing'
  const { outcome, blocker, stops } = answer
  if (outcome !== 'answered') return blocker ?? outcome
  const [there, back] = ['forward ', 'return '].map((leg) =>
    stops.flatMap((stop) => (stop.startsWith(leg) ? [stop.slice(leg.length)] : [])),
  )
  const same = back?.toReversed().join() === there?.join()
  return same ? (there ?? []).join(' ') : stops.join(', ')
}
