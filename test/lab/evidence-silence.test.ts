import { describe, expect, test } from 'vitest'
import type { TraceStep } from '#lab'
import type { EvidenceName } from './evidence-cases.ts'
import { evidenceOf, reasonOf, replayOf } from './evidence-replay.ts'

describe('a packet that no rule dropped', () => {
  test.each<[promise: string, name: EvidenceName, reason: string]>([
    [
      'and nobody owns went to no address',
      'nobody-there',
      'forward address.not-assigned vpc vpc-1',
    ],
    [
      'for an interface that carries none has the interface’s own reason',
      'owner-stopped',
      'forward instance.not-running networkInterface eni-b',
    ],
    [
      'and never left for want of a route lacks it in its sender',
      'no-way-out',
      'forward guest.route-missing instance i-b',
    ],
    [
      'was lost in a guest that does not forward',
      'not-forwarding',
      'forward instance.ip-forward-disabled instance i-f',
    ],
    ['went round in a circle', 'in-a-circle', 'forward route.loop instance i-a'],
    [
      'came back to its own sender as a martian',
      'back-to-sender',
      'forward guest.martian-source instance i-a',
    ],
    [
      'was lost where a strict kernel checks the way back',
      'strict-kernel',
      'forward guest.rp-filter instance i-archive',
    ],
    [
      'was not answered for want of a route in its receiver',
      'no-way-back',
      'return guest.route-missing instance i-b',
    ],
  ])('%s', async (_promise, name, reason) => {
    expect(await reasonOf(replayOf(name))).toBe(`${reason}, by silence`)
  })

  test('and whose answer its sender did not take had missed a translation', async () => {
    const { outcome } = replayOf('no-way-back').told
    const replay = replayOf('open-tcp')
    expect(await reasonOf({ ...replay, told: { ...replay.told, outcome } })).toBe(
      'return nat.return-bypass instance i-a, by silence',
    )
  })

  test.each<[sign: string, keeps: (step: TraceStep) => boolean]>([
    ['it came back by an interface that it had left by', ({ ttl }) => ttl > 60],
    ['it passed one place a third time', ({ packet }) => packet !== 3 && packet !== 5],
  ])('went round in a circle as soon as %s', async (_sign, keeps) => {
    const replay = replayOf('in-a-circle')
    const steps = replay.told.steps.filter(keeps)
    expect(await reasonOf({ ...replay, told: { ...replay.told, steps } })).toBe(
      'forward route.loop instance i-a, by silence',
    )
  })

  test('and was answered has no reason', async () => {
    const { blocker, journey } = await evidenceOf(replayOf('open-tcp'))
    expect(blocker).toBeUndefined()
    expect(journey).not.toHaveProperty('decided')
  })
})

describe('a datagram that stays unanswered', () => {
  test('was not listened for where no socket of its receiver takes it', async () => {
    const replay = replayOf('closed-udp')
    const { outcome } = replayOf('no-way-back').told
    const silent = { ...replay, told: { ...replay.told, outcome } }
    expect(await reasonOf(silent)).toBe('forward guest.not-listening instance i-b, by silence')
  })
})
