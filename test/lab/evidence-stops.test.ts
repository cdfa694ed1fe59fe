import { describe, expect, test } from 'vitest'
import { stopsOf } from '#lab'
import type { EvidenceName } from './evidence-cases.ts'
import { evidenceOf, replayOf } from './evidence-replay.ts'

describe('the stops of a journey', () => {
  test.each<[promise: string, name: EvidenceName, there: string, back: string]>([
    ['are the instances of its ends', 'open-tcp', 'i-a i-b', 'i-b i-a'],
    [
      'have the NAT gateway that gave it another source, both ways',
      'nat-out',
      'i-a ngw-1 internet',
      'internet ngw-1 i-a',
    ],
    [
      'have the NAT gateway that gave it another destination, both ways',
      'nat-in',
      'internet ngw-door i-app-1',
      'i-app-1 ngw-door internet',
    ],
    [
      'have the load balancer that handed it on, both ways',
      'balanced',
      'internet lb-tickets i-app-1',
      'i-app-1 lb-tickets internet',
    ],
    ['end where it was dropped', 'balanced-list', 'internet lb-tickets', ''],
    ['have the place that dropped it', 'group-rule', 'i-a i-b', ''],
    ['end on the way back where the answer was dropped', 'list-back', 'i-a i-c', 'i-c'],
    ['are none where it never left its sender', 'guest-output', '', ''],
  ])('%s', async (_promise, name, there, back) => {
    const replay = replayOf(name)
    const stops = stopsOf(replay.plan, (await evidenceOf(replay)).journey)
    const idsOf = (leg: string) => stops.flatMap((stop) => (stop.leg === leg ? [stop.at.id] : []))
    expect([idsOf('forward').join(' '), idsOf('return').join(' ')]).toEqual([there, back])
  })

  test('say by which interface an instance was left or reached', async () => {
    const replay = replayOf('strict-kernel')
    const stops = stopsOf(replay.plan, (await evidenceOf(replay)).journey)
    expect(stops.map(({ at, interfaceId }) => `${at.id} ${interfaceId ?? '-'}`)).toEqual([
      'i-clerk eni-clerk',
      'i-archive eni-archive-2',
    ])
  })

  test('leave out a device that belongs to no interface', async () => {
    const replay = replayOf('open-tcp')
    const { journey } = await evidenceOf(replay)
    const forward = journey.forward.map((visit) => ({ ...visit, entered: 'u99' }))
    expect(stopsOf(replay.plan, { forward, return: [] })).toEqual([])
  })
})
