import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { compilePlan, type Lab, labNames, type LabPlan, startLab } from '#lab'
import type { Network } from '#model'
import { balancerCases } from '../lab/balancer-cases.ts'
import { addBalancer, backend, listener, networkOf } from '../lab/balancer-network.ts'
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
  expect(mistaken.map(wordsOf)).not.toEqual(answers.map(wordsOf))
})

/** A mistake in the plan, by the lines that it takes away or changes, and the case that shows it. */
const faults: readonly (readonly [says: string, shownBy: RegExp, spoil: Spoil])[] = [
  [
    'lists judge it',
    /list of its vSwitch that admits nobody/,
    without(/ip daddr .* counter return/),
  ],
  [
    'lists judge its answers',
    /list of its vSwitch that admits/,
    without(/ether saddr \{.* return/),
  ],
  ['replies follow the guest’s neighbour', /a client reaches it from/, without(/ether daddr set/)],
  ['the way of a session is forgotten', /reply goes back whatever/, without(/ct mark set/)],
  ['backends are looked up in tables', /no route table is asked/, without(/pref 40 iif k0/)],
  ['a bypass overrules the way back', /by its EIP, without/, without(/meta mark >= \d+ return/)],
  [
    'stray replies are other packets',
    /where the other interface checks/,
    without(/@handed.* drop/),
  ],
  ['gateway tables redirect', /gateway route table does not/, without(/pref 59 iif inet/)],
  ['state says nothing', /that is not active takes/, inBalancer(/^counter drop/, 'counter accept')],
  ['every port is open', /stopped listeners/, inBalancer(/^counter drop/, 'counter accept')],
  ['one backend gets all', /weight of 0/, inBalancer(/dnat to 10\.1\.2\.11/, 'dnat to 10.1.1.12')],
  [
    'its answers belong to no session',
    /client reaches it from/,
    without(/ct state established, related/),
  ],
]

test.each(faults)('a mistake shows on the wire: %s', async (_says, shownBy, spoil) => {
  const item = balancerCases.find(({ title }) => shownBy.test(title))
  if (!item) throw new Error(`no case is ${shownBy.source}`)
  const answers = await wire(networkOf(item.change), Object.keys(item.expect), { spoil })
  expect(answers.map(wordsOf)).not.toEqual(Object.values(item.expect))
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
