import { describe, expect, test } from 'vitest'
import type { HostRequest } from '#lab'
import type { EvidenceName } from './evidence-cases.ts'
import { evidenceOf, type Replay, reasonOf, replayOf } from './evidence-replay.ts'

describe('a packet that a rule of the network dropped', () => {
  test.each<[promise: string, name: EvidenceName, reason: string]>([
    [
      'by a rule of a security group names the rule',
      'group-rule',
      'forward sg.ingress.deny securityGroup sg-1: no-ssh, by rule',
    ],
    [
      'by the end of a security group names its default',
      'group-default',
      'forward sg.ingress.no-match securityGroup sg-1: default, by rule',
    ],
    [
      'by a list of a vSwitch names the entry',
      'list-there',
      'forward acl.ingress.deny networkAcl acl-2: drop-80, by rule',
    ],
    [
      'as an answer by a stateless list says so of the way back',
      'list-back',
      'return acl.egress.deny networkAcl acl-2: default, by rule',
    ],
    [
      'for want of a DNAT entry names the NAT gateway',
      'nat-no-entry',
      'forward nat.dnat-missing natGateway ngw-door, by rule',
    ],
    [
      'for want of a listener names the load balancer',
      'no-listener',
      'forward lb.no-listener loadBalancer lb-tickets, by rule',
    ],
    [
      'behind a load balancer names the list that judged the backend’s packet',
      'balanced-list',
      'forward acl.ingress.deny networkAcl acl-app: nae-app-in-touts, by rule',
    ],
  ])('%s', async (_promise, name, reason) => {
    expect(await reasonOf(replayOf(name))).toBe(reason)
  })

  test('is explained by its drop there, whatever dropped another one on the way back', async () => {
    const [there, back] = [replayOf('two-drops-there'), replayOf('two-drops-back')]
    const reason = 'forward sg.ingress.no-match securityGroup sg-db: default, by rule'
    expect(await reasonOf(there)).toBe(reason)
    expect(await reasonOf(back)).toBe(
      'return acl.ingress.deny networkAcl nacl-web: default, by rule',
    )
    expect(await reasonOf(both(there, back))).toBe(reason)
    expect(await reasonOf(both(onlyReplies(back), there))).toBe(reason)
  })

  test('and yet was answered is explained by nothing', async () => {
    const replay = replayOf('group-rule')
    const { outcome } = replayOf('open-tcp').told
    const { blocker, journey } = await evidenceOf({ ...replay, told: { ...replay.told, outcome } })
    expect(blocker).toBeUndefined()
    expect(journey.decided?.mark?.rule).toBe('no-ssh')
  })
})

describe('a packet that was led into the black hole', () => {
  test('by a route names that route', async () => {
    expect(await reasonOf(replayOf('black-hole'))).toBe(
      'forward route.blackhole routeTable rtb-1: rtb-1/10.9.0.0/16, by route',
    )
  })

  test('for want of a route names the table that has none', async () => {
    expect(await reasonOf(replayOf('no-route'))).toBe(
      'forward route.none routeTable rtb-1, by route',
    )
  })

  test('is asked of the kernel as it was when it came in', async () => {
    const asked: HostRequest[] = []
    await evidenceOf(replayOf('black-hole'), asked)
    const ask = { space: 'v0', destination: '10.9.0.1', source: '10.1.1.11', iif: 's0' }
    expect(asked).toEqual([{ op: 'routes', asks: [ask] }])
  })

  test('is the only one of which the kernel is asked', async () => {
    const asked: HostRequest[] = []
    await evidenceOf(replayOf('group-rule'), asked)
    expect(asked).toEqual([{ op: 'routes', asks: [] }])
  })
})

/** Two packets of one flow, in one lab. */
function both(one: Replay, other: Replay): Replay {
  const later = other.told.steps.map((step) => ({ ...step, packet: step.packet + 100 }))
  return {
    ...one,
    handles: [...one.handles, ...other.handles],
    told: { ...one.told, steps: [...one.told.steps, ...later] },
  }
}

function onlyReplies(replay: Replay): Replay {
  const { told } = replay
  return { ...replay, told: { ...told, steps: told.steps.filter(({ reply }) => reply) } }
}
