import { describe, expect, test } from 'vitest'
import type { EvidenceName } from './evidence-cases.ts'
import { evidenceOf, reasonOf, replayOf } from './evidence-replay.ts'

describe('a guest’s own firewall', () => {
  test.each<[promise: string, name: EvidenceName, reason: string]>([
    [
      'that drops what comes in is named by chain and position of the rule',
      'guest-rule',
      'forward guest.firewall.ingress-deny instance i-b: ip filter INPUT 2, by rule',
    ],
    [
      'that lets a chain end in a drop is named by the policy of that chain',
      'guest-policy',
      'forward guest.firewall.ingress-deny instance i-db: ip filter INPUT policy, by rule',
    ],
    [
      'that lets nothing out is the sender’s',
      'guest-output',
      'forward guest.firewall.egress-deny instance i-batch: inet egress output policy, by rule',
    ],
    [
      'that drops what is meant for somebody else forbids to forward',
      'guest-forward',
      'forward guest.firewall.forward-deny instance i-f: ip filter FORWARD 1, by rule',
    ],
  ])('%s', async (_promise, name, reason) => {
    expect(await reasonOf(replayOf(name))).toBe(reason)
  })
})

describe('a port on which nothing listens', () => {
  test.each<[says: string, name: EvidenceName]>([
    ['resets the connection', 'closed-tcp'],
    ['answers a datagram by ICMP', 'closed-udp'],
  ])('%s, which is told from a drop', async (_says, name) => {
    const { told, journey, blocker } = await evidenceOf(replayOf(name))
    expect(told.outcome.kind).toBe('refused')
    expect(journey.decided).toBeUndefined()
    expect(blocker).toEqual({
      leg: 'forward',
      code: 'guest.not-listening',
      component: { kind: 'instance', id: 'i-b' },
      by: 'silence',
    })
  })

  test('is not blamed for what a firewall rejected', async () => {
    const replay = replayOf('guest-rule')
    const { outcome } = replayOf('closed-tcp').told
    expect(await reasonOf({ ...replay, told: { ...replay.told, outcome } })).toBe(
      'forward guest.firewall.ingress-deny instance i-b: ip filter INPUT 2, by rule',
    )
  })
})
