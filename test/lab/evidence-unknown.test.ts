import { describe, expect, test } from 'vitest'
import type { TraceStep } from '#lab'
import type { EvidenceName } from './evidence-cases.ts'
import { evidenceOf, type Replay, reasonOf, replayOf } from './evidence-replay.ts'

describe('a trace of which messages were lost', () => {
  test.each<[what: string, name: EvidenceName]>([
    ['that the receiver has no route back', 'no-way-back'],
    ['that a guest does not forward', 'not-forwarding'],
    ['that nobody has the address', 'nobody-there'],
    ['that nothing listens', 'closed-tcp'],
  ])('is not taken to say %s', async (_what, name) => {
    expect(await reasonOf(replayOf(name))).not.toBe('unknown')
    expect(await reasonOf(incomplete(replayOf(name)))).toBe('unknown')
  })

  test('still shows a drop that is in it', async () => {
    const replay = replayOf('group-rule')
    expect(await reasonOf(incomplete(replay))).toBe(await reasonOf(replay))
  })

  test('takes nothing from what the sender’s own kernel said', async () => {
    expect(await reasonOf(incomplete(replayOf('no-way-out')))).toBe(
      'forward guest.route-missing instance i-b, by silence',
    )
  })

  test('does not let a router far away pass for the sender’s own kernel', async () => {
    const replay = incomplete(replayOf('no-way-out'))
    const icmp = { from: '10.9.0.9', type: 3, code: 0 }
    const outcome = { kind: 'error', errno: 'ENETUNREACH', stage: 'wait', icmp } as const
    expect(await reasonOf({ ...replay, told: { ...replay.told, outcome } })).toBe('unknown')
  })
})

describe('a drop by a rule that nobody knows', () => {
  test.each<[where: string, name: EvidenceName]>([
    ['at an interface', 'group-rule'],
    ['in a router', 'list-there'],
  ])('%s is not put down to a guest that the packet never reached', async (_where, name) => {
    const replay = { ...replayOf(name), handles: [] }
    expect((await evidenceOf(replay)).journey.decided).toBeDefined()
    expect(await reasonOf(replay)).toBe('unknown')
  })

  test('in a guest is that guest’s, and no chain’s policy', async () => {
    expect(await reasonOf({ ...replayOf('guest-rule'), guestRules: [] })).toBe(
      'forward guest.firewall.ingress-deny instance i-b, by rule',
    )
  })
})

describe('a packet in the black hole', () => {
  test('of which the kernel says nothing has no route that is known', async () => {
    expect(await reasonOf({ ...replayOf('black-hole'), routes: [{}] })).toBe('unknown')
  })

  test('of a place without a planned route is lost by that place’s own rule', async () => {
    const replay = replayOf('no-route')
    expect(await reasonOf({ ...replay, plan: { ...replay.plan, routes: [] } })).toBe(
      'forward route.none vpc vpc-1, by route',
    )
  })

  test('by a route that nobody planned has none either', async () => {
    const routes = [{ destination: '10.9.0.0/24', table: 10_000 }]
    expect(await reasonOf({ ...replayOf('black-hole'), routes })).toBe('unknown')
  })
})

describe('a packet that nothing has seen', () => {
  test('is not said to go to nobody where somebody has the address', async () => {
    expect(await reasonOf(cut(replayOf('no-way-back'), () => false))).toBe('unknown')
  })

  test('from outside lacks no address of a VPC', async () => {
    const { told } = replayOf('no-way-back')
    expect(await reasonOf({ ...replayOf('nat-in'), told: { ...told, steps: [] } })).toBe('unknown')
  })
})

describe('a trace that ends early', () => {
  test('before the packet reached a guest says nothing about any guest', async () => {
    const ended = cut(replayOf('no-way-back'), ({ entered }) => entered !== 'u1')
    expect(await reasonOf(ended)).toBe('unknown')
  })

  test('at an interface of which nobody knows blames no instance', async () => {
    const replay = replayOf('no-way-back')
    const steps = replay.told.steps.map((step) =>
      step.iif === 'u1' ? { ...step, iif: 'u99' } : step,
    )
    expect(await reasonOf({ ...replay, told: { ...replay.told, steps } })).toBe('unknown')
  })

  test('or begins late shows no packet that left as one that came', async () => {
    const replay = replayOf('no-way-back')
    const late = cut(replay, ({ step, entered }) => entered === 'g2' && step.family === 'inet')
    expect((await evidenceOf(late)).journey.forward[0]).not.toHaveProperty('direction')
    expect(await reasonOf(late)).toBe('unknown')
  })

  test('leaves the refusal of whoever was reached last to somebody else', async () => {
    const replay = replayOf('closed-tcp')
    const outcome = replay.told.outcome
    const relayed = replayOf('not-forwarding')
    expect(await reasonOf({ ...relayed, told: { ...relayed.told, outcome } })).toBe('unknown')
  })
})

/** The recording as it were if the lab said that messages were lost. */
function incomplete(replay: Replay): Replay {
  return { ...replay, told: { ...replay.told, incomplete: true } }
}

interface Told {
  readonly step: TraceStep
  /** The first device that its packet was seen at in its namespace. */
  readonly entered: string | undefined
}

/** The recording with only some of its steps. */
function cut(replay: Replay, keeps: (told: Told) => boolean): Replay {
  const { steps } = replay.told
  const kept = steps.filter((step) => {
    const own = steps.filter(({ space, packet }) => space === step.space && packet === step.packet)
    return keeps({ step, entered: own.find(({ iif }) => iif !== undefined)?.iif })
  })
  return { ...replay, told: { ...replay.told, steps: kept } }
}
