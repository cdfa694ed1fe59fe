import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Lab, startLab } from '#lab'
import { balancerCases } from '../lab/balancer-cases.ts'
import { addBalancer, backend, listener, networkOf } from '../lab/balancer-network.ts'
import { whyNoLab } from '../lab/why-no-lab.ts'
import { machineDevices } from './lab-machine.ts'
import { askWire, type WireAnswer } from './wire-answers.ts'

const why = whyNoLab()
const before = machineDevices()
let lab: Lab | undefined

beforeAll(async () => {
  if (why === undefined) lab = await startLab(`balancer-${process.pid}`)
})

beforeEach(({ skip }) => {
  if (why !== undefined) skip(why)
})

afterAll(() => lab?.end())

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
  expect(taken.toSorted()).toEqual([
    ...Array.from({ length: 3 }, () => 'tcp 80 to eni-b at forward i-b'),
    ...Array.from({ length: 3 }, () => 'tcp 80 to eni-c at forward i-c'),
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

test('a lab with load balancers leaves nothing on the machine', async () => {
  await lab?.end()
  lab = undefined
  expect(machineDevices()).toEqual(before)
})

async function wire(network: Parameters<typeof askWire>[1], questions: readonly string[]) {
  if (!lab) throw new Error('there is no lab')
  return askWire(lab, network, questions)
}

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
