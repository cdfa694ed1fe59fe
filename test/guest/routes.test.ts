import { chooseRoute, findListener, passesReversePath, routeOfConnection } from '#guest'
import type { DeviceAddresses, GuestRouting } from '#guest'
import type { GuestDevice, GuestRoute, GuestRule, GuestSocket, NetworkInterfaceId } from '#model'
import { describe, expect, test } from 'vitest'
import { address } from './firewall-of.ts'

/** Ids and addresses are branded where JSON enters, so that these enter as JSON. */
const branded = <T>(value: unknown): T => JSON.parse(JSON.stringify(value))

const routes = branded<readonly GuestRoute[]>([
  { destination: '0.0.0.0/0', via: '10.0.1.253', networkInterfaceId: 'eni-0', metric: 100 },
  { destination: '0.0.0.0/0', via: '10.0.2.253', networkInterfaceId: 'eni-1', metric: 50 },
  { destination: '10.0.1.0/24', networkInterfaceId: 'eni-0' },
  { destination: '10.0.2.0/24', networkInterfaceId: 'eni-1' },
  { destination: '192.0.2.0/24', via: '10.0.1.9', networkInterfaceId: 'eni-0', table: 1001 },
])
const rules = branded<readonly GuestRule[]>([
  { priority: 32_766, table: 254 },
  { priority: 100, from: '10.0.2.0/24', table: 1001 },
  { priority: 32_767, table: 253 },
])
const guest: GuestRouting = { routes, rules }

const leaves = (source: string | undefined, destination: string, of: GuestRouting = guest) => {
  const query = {
    ...(source !== undefined && { source: address(source) }),
    destination: address(destination),
  }
  const chosen = chooseRoute(of, query)
  return chosen.kind === 'route' ? chosen.route.networkInterfaceId : chosen
}

describe('a route', () => {
  test('is the longest prefix, then the lowest metric', () => {
    expect(leaves(undefined, '10.0.1.7')).toBe('eni-0')
    expect(leaves(undefined, '198.51.100.1')).toBe('eni-1')
  })

  test('comes from the table of the first policy rule that has one', () => {
    expect(leaves('10.0.2.5', '192.0.2.1')).toBe('eni-0')
    expect(leaves('10.0.1.5', '192.0.2.1')).toBe('eni-1')
    expect(leaves('10.0.2.5', '198.51.100.1')).toBe('eni-1')
  })

  test('is looked up without rules for sources while there is no source', () => {
    expect(leaves(undefined, '192.0.2.1')).toBe('eni-1')
  })

  test('is none where no table has one', () => {
    expect(leaves(undefined, '2001:db8::1')).toEqual({ kind: 'none' })
  })

  test('is not guessed where the facts are missing', () => {
    expect(leaves(undefined, '10.0.1.7', {})).toEqual({ kind: 'unread', missing: 'routes' })
    expect(leaves(undefined, '10.0.1.7', { routes })).toEqual({ kind: 'unread', missing: 'rules' })
    expect(leaves(undefined, '10.0.1.7', { routes: routes.slice(0, 4) })).toBe('eni-0')
  })
})

describe('one of several IPv6 routes of one prefix and metric', () => {
  const destination = '2001:db8::/32'
  const of = (...more: readonly object[]): GuestRouting => ({
    routes: branded(
      ['eni-0', 'eni-1'].map((networkInterfaceId, nth) => ({
        destination,
        networkInterfaceId,
        ...more[nth],
      })),
    ),
    rules,
  })
  const choose = (routing: GuestRouting, cameBy?: string) =>
    chooseRoute(routing, {
      destination: address('2001:db8::1'),
      ...(cameBy !== undefined && { cameBy: branded<NetworkInterfaceId>(cameBy) }),
    })

  test('is the one by the device that the packet came in by, else the first', () => {
    expect(choose(of())).toMatchObject({ route: { networkInterfaceId: 'eni-0' } })
    expect(choose(of(), 'eni-1')).toMatchObject({ route: { networkInterfaceId: 'eni-1' } })
    expect(choose(of(), 'eni-2')).toMatchObject({ route: { networkInterfaceId: 'eni-0' } })
  })

  test('is no matter of the device where a metric is lower', () => {
    const cheaper = of({ metric: 5 }, {})
    expect(choose(cheaper, 'eni-1')).toMatchObject({ route: { networkInterfaceId: 'eni-0' } })
  })

  test('is chosen by a hash where gateways share the traffic', () => {
    const shared = of({ via: 'fe80::1' }, { via: 'fe80::1' })
    expect(choose(shared).kind).toBe('shared')
    expect(choose(shared, 'eni-1').kind).toBe('shared')
    expect(choose(of({ via: 'fe80::1' })).kind).toBe('route')
  })
})

describe('a connection without a source of its own', () => {
  const devices: readonly DeviceAddresses[] = [
    { networkInterfaceId: branded('eni-0'), addresses: [address('10.0.1.5')] },
    { networkInterfaceId: branded('eni-1'), addresses: [address('10.0.2.5')] },
  ]

  test('takes the address of the first route, and then the route of that address', () => {
    const route = routeOfConnection(guest, devices, address('192.0.2.1'))
    expect(route).toMatchObject({
      source: address('10.0.2.5'),
      sourceRoute: { networkInterfaceId: 'eni-1' },
      chosen: { route: { networkInterfaceId: 'eni-0', table: 1001 } },
    })
  })

  test('keeps its first route over IPv6', () => {
    const both: GuestRouting = {
      routes: branded([
        { destination: '::/0', networkInterfaceId: 'eni-0' },
        { destination: '::/0', networkInterfaceId: 'eni-1', table: 1001 },
      ]),
      rules: branded([
        { priority: 100, from: 'fd00::/64', table: 1001 },
        { priority: 32_766, table: 254 },
      ]),
    }
    const six = [
      { networkInterfaceId: branded<NetworkInterfaceId>('eni-0'), addresses: [address('fd00::5')] },
    ]
    expect(routeOfConnection(both, six, address('2001:db8::1'))).toMatchObject({
      source: address('fd00::5'),
      chosen: { route: { networkInterfaceId: 'eni-0' } },
    })
  })

  test('looks again with its address over IPv6 where it found nothing', () => {
    const late: GuestRouting = {
      routes: branded([{ destination: '::/0', networkInterfaceId: 'eni-1', table: 1001 }]),
      rules: branded([{ priority: 100, from: 'fd00::/64', table: 1001 }]),
    }
    const own = (...texts: readonly string[]): readonly DeviceAddresses[] => [
      { networkInterfaceId: branded('eni-1'), addresses: texts.map(address) },
    ]
    const to = address('2001:db8::1')
    expect(routeOfConnection(late, own('fd00::5'), to)).toMatchObject({
      source: address('fd00::5'),
      chosen: { route: { networkInterfaceId: 'eni-1' } },
    })
    expect(routeOfConnection(late, own('fd11::5'), to).kind).toBe('none')
    expect(routeOfConnection(late, own('fd00::5', 'fd11::5'), to).kind).toBe('unsure-source')
  })

  test('has no source where the device has no address', () => {
    expect(routeOfConnection(guest, [], address('192.0.2.1')).kind).toBe('no-source')
  })
})

describe('the reverse path filter', () => {
  const device = (reversePathFilter?: string) =>
    branded<GuestDevice>({ name: 'eth0', networkInterfaceId: 'eni-0', reversePathFilter })
  const passes = (filter: string | undefined, source: string, destination = '10.0.1.5') =>
    passesReversePath(guest, device(filter), {
      source: address(source),
      destination: address(destination),
    }).kind

  test('lets everything in when it is off, and IPv6 always', () => {
    expect(passes('off', '198.51.100.1')).toBe('passes')
    expect(passes('strict', 'fd00::5', 'fd00::1')).toBe('passes')
  })

  test('wants the same device when it is strict, through the policy rules', () => {
    expect(passes('strict', '10.0.1.7')).toBe('passes')
    expect(passes('strict', '198.51.100.1')).toBe('fails')
    expect(passes('strict', '192.0.2.1')).toBe('fails')
    expect(passes('strict', '192.0.2.1', '10.0.2.5')).toBe('passes')
  })

  test('wants any route when it is loose', () => {
    expect(passes('loose', '198.51.100.1')).toBe('passes')
    const island = { routes: routes.slice(2, 4), rules }
    const packet = { source: address('198.51.100.1'), destination: address('10.0.1.5') }
    expect(passesReversePath(island, device('loose'), packet).kind).toBe('fails')
  })

  test('is not guessed where it was not collected', () => {
    expect(passes(undefined, '10.0.1.7')).toBe('unread')
  })
})

describe('a listener', () => {
  const sockets = branded<readonly GuestSocket[]>([
    { protocol: 'tcp', address: '0.0.0.0', port: 80 },
    { protocol: 'tcp', address: '10.0.1.5', port: 80 },
    { protocol: 'tcp', address: '127.0.0.1', port: 5432 },
    { protocol: 'udp', address: '::', port: 53 },
  ])
  const find = (protocol: 'tcp' | 'udp', to: string, port: number) =>
    findListener(sockets, { protocol, address: branded(to), port })?.address

  test('is the one bound to the very address before the one bound to all', () => {
    expect(find('tcp', '10.0.1.5', 80)).toBe('10.0.1.5')
    expect(find('tcp', '10.0.1.6', 80)).toBe('0.0.0.0')
  })

  test('takes only its own family, protocol, port and address', () => {
    expect(find('tcp', 'fd00::1', 80)).toBeUndefined()
    expect(find('udp', 'fd00::1', 53)).toBe('::')
    expect(find('udp', '10.0.1.5', 80)).toBeUndefined()
    expect(find('tcp', '10.0.1.5', 5432)).toBeUndefined()
  })
})
