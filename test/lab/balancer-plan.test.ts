import { describe, expect, test } from 'vitest'
import type { Sketch } from '#conformance'
import { compilePlan, type LabPlan } from '#lab'
import { addEip, addInterface, find } from '../oracle/tiny-network.ts'
import { balancerCases } from './balancer-cases.ts'
import { addBalancer, backend, closeAcl, listener, networkOf } from './balancer-network.ts'

const plans = balancerCases.map(({ change }) => compilePlan(networkOf(change)))

describe('a plan with load balancers', () => {
  test('says of every line which resource it stands for, and marks every drop', () => {
    for (const { spaces, cables } of plans) {
      const lines = spaces.flatMap(({ ip, ip6, bridge, nft }) => [...ip, ...ip6, ...bridge, ...nft])
      expect([...lines, ...cables].filter(({ of }) => of.id === '')).toEqual([])
      const drops = lines.filter(({ text }) => /counter drop/.test(text))
      expect(drops.filter(({ text }) => !text.includes('comment "m'))).toEqual([])
    }
  })

  test('gives every device a name and a MAC address that the namespace has once', () => {
    for (const { cables } of plans) {
      const ends = cables.flatMap((cable) => cable.ends)
      const names = ends.map(({ space, device }) => `${space} ${device}`)
      expect(new Set(names).size).toBe(names.length)
      const macs = ends.flatMap(({ mac }) => mac ?? [])
      expect(new Set(macs).size).toBe(macs.length)
      expect(ends.filter(({ device }) => device.length > 15)).toEqual([])
    }
  })

  test('has a namespace for each, joined to the router of its VPC and to nothing else', () => {
    const { spaces, cables } = planOf((s) => {
      addBalancer(s, listener(80, backend('i-b', 8080)))
      addEip(s, '47.1.0.8', { kind: 'loadBalancer', id: 'lb-1' })
    })
    const own = spaces.filter(({ role }) => role === 'loadBalancer')
    expect(own.map(({ name, of }) => `${name} ${of.id}`)).toEqual(['l0 lb-1'])
    const far = cables.flatMap(({ ends: [one, other] }) =>
      one.space === 'l0' ? [other.space] : other.space === 'l0' ? [one.space] : [],
    )
    expect(far).toEqual(['v0', 'v0'])
  })

  test('lets no list of its vSwitch judge it', () => {
    const { spaces } = planOf((s) => {
      addBalancer(s, listener(80, backend('i-c', 80)))
      closeAcl(s, 'vsw-1')
    })
    const router = textsOf(spaces, 'v0')
    expect(router).toContain('ip daddr { 10.1.1.100 } counter return')
    expect(router).toContain('ether saddr { 02:16:b0:00:00:00 } counter return')
  })

  test('names what it refuses by the findings of load balancers', () => {
    const { marks } = planOf((s) => {
      const balancer = addBalancer(s, listener(80), listener(81, backend('i-b', 80)))
      balancer.state = 'inactive'
      addInterface(s, 'b2', 'vsw-2', '10.1.2.12', 'b')
    })
    const own = marks.flatMap(({ code = '' }) => (code.startsWith('lb.') ? [code] : []))
    expect([...new Set(own)].toSorted()).toEqual([
      'lb.bad-state',
      'lb.listener-no-backend',
      'lb.no-listener',
      'lb.not-analysed',
      'lb.return-bypass',
    ])
    const refusals = marks.filter(({ code = '' }) => code.startsWith('lb.'))
    expect(refusals.filter(({ component }) => component.kind !== 'loadBalancer')).toEqual([])
  })

  test('has one rule for each backend with a weight, which names the interface', () => {
    const { marks } = planOf((s) => {
      const backends = [backend('i-b', 80), backend('i-c', 81), backend('i-a', 80, 0)]
      addBalancer(s, listener(80, ...backends))
    })
    const chosen = marks.filter(
      ({ component, decision }) => component.kind === 'loadBalancer' && decision === 'continue',
    )
    expect(chosen.map(({ rule }) => rule)).toEqual(['tcp 80 to eni-b', 'tcp 80 to eni-c'])
  })

  test('remembers stray flows only of guests with several interfaces', () => {
    const single = planOf((s) => void addBalancer(s, listener(80, backend('i-b', 80))))
    expect(textsOf(single.spaces, 'h').join('\n')).not.toContain('set handed')
  })

  test('finds its vSwitch by its address where none is named', () => {
    const named = planOf((s) => void addBalancer(s, listener(80, backend('i-b', 80))))
    const found = planOf(
      (s) => void delete addBalancer(s, listener(80, backend('i-b', 80))).subnetId,
    )
    expect(found.spaces).toEqual(named.spaces)
    expect(found.cables).toEqual(named.cables)
  })
})

describe('a load balancer without a place', () => {
  test.each<[reason: string, change: (s: Sketch) => void]>([
    ['its listeners were not read', (s) => void delete simple(s).listeners],
    ['its listeners were not read', (s) => void delete simple(s).address],
    [
      'its vSwitch was not read',
      (s) => {
        const balancer = simple(s)
        delete balancer.subnetId
        balancer.address = '10.1.77.1'
      },
    ],
  ])('is left out: %s', (reason, change) => {
    const { spaces, unrealised } = planOf(change)
    expect(spaces.filter(({ role }) => role === 'loadBalancer')).toEqual([])
    expect(unrealised).toEqual([{ component: { kind: 'loadBalancer', id: 'lb-1' }, reason }])
  })

  test('has one where only a backend has none, and is not compared', () => {
    const network = networkOf(simple)
    const unread = { ...network, networkInterface: network.networkInterface?.slice(0, 1) ?? [] }
    const { spaces, unrealised } = compilePlan(unread)
    expect(spaces.some(({ role }) => role === 'loadBalancer')).toBe(true)
    expect(unrealised.map(({ reason }) => reason)).toContain('its backend i-b was not read')
  })

  test('of several EIPs the first counts', () => {
    const { unrealised } = planOf((s) => {
      simple(s)
      addEip(s, '47.1.0.8', { kind: 'loadBalancer', id: 'lb-1' })
      addEip(s, '47.1.0.9', { kind: 'loadBalancer', id: 'lb-1' })
      find(s.publicAddress, 'eip-1').id = 'eip-first'
    })
    expect(unrealised).toEqual([
      {
        component: { kind: 'publicAddress', id: 'eip-2' },
        reason: 'its private address has another one',
      },
    ])
  })
})

function simple(s: Sketch) {
  return addBalancer(s, listener(80, backend('i-b', 80)))
}

function planOf(change: (s: Sketch) => void): LabPlan {
  return compilePlan(networkOf(change))
}

function textsOf(spaces: LabPlan['spaces'], wanted: string): readonly string[] {
  return spaces.flatMap(({ name, nft }) => (name === wanted ? nft.map(({ text }) => text) : []))
}
