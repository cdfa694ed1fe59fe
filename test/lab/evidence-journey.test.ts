import { describe, expect, test } from 'vitest'
import { journeyReader, type Visit } from '#lab'
import type { EvidenceName } from './evidence-cases.ts'
import { type Replay, replayOf } from './evidence-replay.ts'

describe('a journey', () => {
  test('is in the order of the packet, whatever namespace told first', () => {
    const replay = replayOf('balanced')
    const { told } = replay
    const way = [
      'w made here 203.0.113.80:443',
      'v0 by inet 10.96.1.100:443',
      'l0 by front 10.96.1.100:443',
      'v0 by k0 10.96.2.11:8443',
      'h by u1 10.96.2.11:8443',
    ]
    expect(journeyOf(replay).forward.map(placeOf)).toEqual(way)
    const namespaces = ['w', 'l0', 'v0', 'h']
    const sorted = namespaces.flatMap((name) => told.steps.filter(({ space }) => space === name))
    expect(journeyOf({ ...replay, told: { ...told, steps: sorted } }).forward.map(placeOf)).toEqual(
      way,
    )
  })

  test('has the addresses of the packet as each place last saw them', () => {
    const endsOf = (visits: readonly Visit[]) =>
      visits.flatMap(({ space, source, destination }) =>
        /^[nw]/.test(space) ? [`${space} ${source} > ${destination}`] : [],
      )
    const out = journeyOf(replayOf('nat-out'))
    expect(endsOf(out.forward)).toEqual(['n0 10.1.1.11 > 203.0.113.9', 'w 47.1.0.1 > 203.0.113.9'])
    expect(endsOf(out.return)).toEqual(['w 203.0.113.9 > 47.1.0.1', 'n0 203.0.113.9 > 10.1.1.11'])
    const entered = journeyOf(replayOf('nat-in'))
    expect(endsOf(entered.forward)).toEqual([
      'w 192.0.2.9 > 203.0.113.52',
      'n0 192.0.2.9 > 10.1.1.20',
    ])
    expect(
      journeyOf(replayOf('balanced'))
        .return.map(({ source }) => source)
        .slice(-2),
    ).toEqual(['203.0.113.80', '203.0.113.80'])
  })

  test.each<[what: string, name: EvidenceName, rules: readonly string[]]>([
    ['groups and lists', 'list-back', ['sg-1 default', 'acl-2 accept-0', 'sg-1 in']],
    [
      'a load balancer, with the backend that it chose',
      'balanced',
      ['lb-tickets tcp 443 to eni-app-1', 'acl-app nae-app-in', 'sg-app-1 sgr-1-tcp-8443'],
    ],
    ['an entry of a NAT gateway', 'nat-in', ['ngw-door fwd-app', 'sg-web sgr-web-1']],
  ])('has every rule that it met, in order: %s', (_what, name, rules) => {
    const marks = journeyOf(replayOf(name)).forward.flatMap((visit) => visit.marks)
    expect(marks.map(({ component, rule }) => `${component.id} ${rule ?? '-'}`)).toEqual(rules)
  })

  test('says of each visit which way it crossed the interface, and where it left', () => {
    const { forward } = journeyOf(replayOf('black-hole'))
    expect(forward).toMatchObject([
      { space: 'h', direction: 'out', entered: 'g0', ttl: 64 },
      { space: 'v0', entered: 's0', left: 'bh', ttl: 64 },
    ])
    expect(forward[1]).not.toHaveProperty('direction')
  })

  test('of several packets of a flow is that of the first at each place', () => {
    const replay = replayOf('open-tcp')
    const { steps } = replay.told
    const again = steps.map((step) => ({ ...step, packet: step.packet + 50, verdict: 'drop' }))
    const repeated = { ...replay, told: { ...replay.told, steps: [...steps, ...again] } }
    expect(journeyOf(repeated)).toEqual(journeyOf(replay))
  })

  test('tells two packets apart that had the same number one after the other', () => {
    const replay = replayOf('open-tcp')
    const steps = replay.told.steps.map((step) => ({ ...step, packet: 7 }))
    const recycled = { ...replay, told: { ...replay.told, steps } }
    expect(journeyOf(recycled)).toEqual(journeyOf(replay))
  })

  test('of which nothing was traced is empty', () => {
    expect(journeyOf(replayOf('nobody-there'))).toEqual({ forward: [], return: [] })
  })

  test('names the rule that decided as the kernel does, with its mark where it has one', () => {
    expect(journeyOf(replayOf('group-rule')).decided).toMatchObject({
      leg: 'forward',
      rule: { family: 'inet', table: 'sg', chain: 'in0' },
      mark: { component: { kind: 'securityGroup', id: 'sg-1' }, rule: 'no-ssh' },
    })
    const { decided } = journeyOf(replayOf('guest-policy'))
    expect(decided).not.toHaveProperty('mark')
    expect(decided?.rule).toEqual({ family: 'ip', table: 'filter', chain: 'INPUT' })
  })
})

function journeyOf({ plan, handles, told }: Replay) {
  return journeyReader(plan, handles)(told.steps)
}

function placeOf({ space, entered, destination, destinationPort }: Visit): string {
  const came = entered === undefined ? 'made here' : `by ${entered}`
  return `${space} ${came} ${destination}:${destinationPort ?? '-'}`
}
