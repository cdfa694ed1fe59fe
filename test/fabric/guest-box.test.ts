import { expect, test } from 'vitest'
import { type Dice, diceOf, randomNetwork, seededRandom } from '#conformance'
import {
  compileFabric,
  createJudge,
  type Fabric,
  type GuestFact,
  type GuestFlow,
  type Judge,
  PACKET,
} from '#fabric'

const networks = 120
const tries = 6
const samples = 8
const firstSeed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)

const ends = [PACKET.source, PACKET.destination, PACKET.sourcePort, PACKET.port] as const

test('the box left by a guest holds only packets of which it says the same', () => {
  process.stdout.write(`guest-box: ${networks} networks from HOPWISE_SEED=${firstSeed}\n`)
  const wrong: string[] = []
  let boxes = 0
  let narrowed = 0
  for (let seed = firstSeed; seed < firstSeed + networks; seed++) {
    const dice = diceOf(seededRandom(seed))
    const fabric = compileFabric(randomNetwork(seededRandom(seed)))
    const judge = createJudge(fabric)
    for (const port of portsInside(fabric)) {
      for (let nth = 0; nth < tries; nth++) {
        const packet = drawPacket(fabric, dice, port)
        const visit = dice.pick(visits)
        const box = judged(judge, packet, visit, port)
        boxes++
        if (ends.some((end) => box.packet[end + 1] < packet[end + 1])) narrowed++
        for (let i = 0; i < samples; i++) {
          const point = pointIn(dice, box.packet)
          const alone = judged(judge, point, visit, port).said
          if (alone !== box.said) wrong.push(`${seed} ${String(point)}: ${alone}, not ${box.said}`)
        }
      }
    }
  }
  expect(wrong).toEqual([])
  expect(boxes).toBeGreaterThan(networks)
  expect(narrowed).toBeGreaterThan(boxes / 5)
})

type Visit = 'send' | 'receive' | 'relay'
const visits: readonly Visit[] = ['send', 'receive', 'receive', 'relay']

function portsInside({ ports, instances }: Fabric): readonly number[] {
  return Array.from({ length: ports.count }, (_, port) => port).filter(
    (port) => ports.instance[port] >= 0 && instances.system[ports.instance[port]] >= 0,
  )
}

/** From or to anybody, at any ports: up to the ends of the family and of the numbers. */
function drawPacket({ line }: Fabric, dice: Dice, port: number): Int32Array {
  const last = line.starts4.length - 1
  const protocol = dice.pick([6, 6, 17, 1, 47])
  const ported = protocol === 6 || protocol === 17
  const stretch = () => {
    const low = dice.whole(0, last)
    return [low, dice.chance(0.7) ? dice.whole(low, last) : low]
  }
  const numbers = (low: number) => (ported ? [low, 65_535] : [0, 0])
  return Int32Array.from([
    ...stretch(),
    ...stretch(),
    protocol,
    ...numbers(dice.whole(1024, 65_535)),
    ...numbers(dice.pick([1, 22, 80, 443, port + 1])),
  ])
}

function pointIn(dice: Dice, box: Int32Array): Int32Array {
  const point = box.slice()
  for (const end of ends) {
    point[end] = dice.pick([box[end], box[end + 1], dice.whole(box[end], box[end + 1])])
    point[end + 1] = point[end]
  }
  return point
}

function judged(judge: Judge, packet: Int32Array, visit: Visit, port: number) {
  judge.packet.set(packet)
  const flows: GuestFlow[] = []
  const leg = { reply: false, flows, onward: false }
  const said = ask(judge, visit, port, leg)
  return { said: JSON.stringify(said), packet: judge.packet.slice() }
}

function ask(
  { guest }: Judge,
  visit: Visit,
  port: number,
  leg: Parameters<Judge['guest']['send']>[1],
): readonly GuestFact[] {
  if (visit === 'send') return guest.send(port, leg)
  if (visit === 'receive') return guest.receive(port, port, leg)
  return [...guest.takeIn(port, leg), ...guest.passOn(port, leg)]
}
