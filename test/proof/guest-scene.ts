/** The guest that the kernel plays: three devices, an address of each family on each, and who is out there. */

import { parseAddress } from '#net'
import type { Family, IpAddress } from '#net'
import type { Sandbox } from './guest-sandbox-client.ts'

export const devices = ['eth0', 'eth1', 'wlan0'] as const
export type DeviceName = (typeof devices)[number]

/** Every probe has this hop limit: the guest's own packets have another, and are dropped. */
export const HOP_LIMIT = 77

const address = (text: string): IpAddress => {
  const parsed = parseAddress(text)
  if (!parsed) throw new Error(text)
  return parsed
}

export const own: Readonly<Record<Family, readonly IpAddress[]>> = {
  4: ['10.1.0.1', '10.2.0.1', '172.31.0.1'].map(address),
  6: ['fd00:1::1', 'fd00:2::1', 'fd00:9::1'].map(address),
}

export const others: Readonly<Record<Family, readonly IpAddress[]>> = {
  4: ['10.1.0.5', '10.1.7.9', '10.2.0.5', '10.2.3.4', '192.0.2.7', '198.51.100.9'].map(address),
  6: ['fd00:1::5', 'fd00:1:7::9', 'fd00:2::5', 'fd00:2:3::4', '2001:db8::7'].map(address),
}

export const isOwn = (wanted: IpAddress): boolean =>
  own[wanted.family].some(({ value }) => value === wanted.value)

/** The device that the routes of the scene choose. */
export function deviceTo({ family, value }: IpAddress): DeviceName {
  const net = family === 4 ? value >> 16n : value >> 96n
  if (net === 0x0a01n || net === 0xfd000001n) return 'eth0'
  return net === 0x0a02n || net === 0xfd000002n ? 'eth1' : 'wlan0'
}

const macs: Readonly<Record<DeviceName, string>> = {
  eth0: '020000000010',
  eth1: '020000000011',
  wlan0: '020000000012',
}

/** A frame that the guest receives by a device. */
export function frame(device: DeviceName, packet: Buffer, family: Family): string {
  return `${macs[device]}0200000000ff${family === 4 ? '0800' : '86dd'}${packet.toString('hex')}`
}

/**
 * Makes the devices and routes. The other end of each link is in the same namespace and without
 * addresses: what is sent there carries no address of it and is dropped.
 */
export async function layScene(sandbox: Sandbox): Promise<void> {
  await sandbox.run(['sh', '-ec', setup])
  const indices = JSON.parse(await sandbox.run(['ip', '-j', 'link']))
  const peers = new Map<string, number>(
    indices.map((link: { ifname: string; ifindex: number }) => [link.ifname, link.ifindex]),
  )
  await sandbox.open(devices.map((name) => [name, peers.get(`p-${name}`) ?? 0]))
}

const mac = (name: DeviceName) => macs[name].match(/../g)?.join(':') ?? ''

const setup = [
  'ip link set lo up',
  'for k in 4 6; do [ $k = 4 ] && f=ip_forward || f=conf/all/forwarding; echo 1 > /proc/sys/net/ipv$k/$f; done',
  'for s in all default; do echo 0 > /proc/sys/net/ipv4/conf/$s/rp_filter; echo 0 > /proc/sys/net/ipv4/conf/$s/send_redirects; echo 0 > /proc/sys/net/ipv6/conf/$s/accept_dad; done',
  ...devices.flatMap((name) => [
    `ip link add ${name} address ${mac(name)} type veth peer name p-${name}`,
    `ip link set p-${name} addrgenmode none up`,
    `ip link set ${name} arp off up`,
    `echo 0 > /proc/sys/net/ipv4/conf/${name}/rp_filter`,
  ]),
  'ip addr add 10.1.0.1/32 dev eth0; ip addr add fd00:1::1/128 dev eth0 nodad',
  'ip addr add 10.2.0.1/32 dev eth1; ip addr add fd00:2::1/128 dev eth1 nodad',
  'ip addr add 172.31.0.1/32 dev wlan0; ip addr add fd00:9::1/128 dev wlan0 nodad',
  ...[
    ['10.1.0.254', '10.1.0.0/16', 'eth0'],
    ['10.2.0.254', '10.2.0.0/16', 'eth1'],
    ['172.31.0.254', 'default', 'wlan0'],
    ['fd00:1::fe', 'fd00:1::/32', 'eth0'],
    ['fd00:2::fe', 'fd00:2::/32', 'eth1'],
    ['fd00:9::fe', 'default', 'wlan0'],
  ].flatMap(([gateway, destination, device]) => [
    `ip route add ${gateway} dev ${device}`,
    `ip route add ${destination} via ${gateway} dev ${device}`,
  ]),
].join('\n')

/** Traces probes, drops whatever else the guest says, and marks those that came through. */
export const guardRules = `
table inet guard {
  chain pre {
    type filter hook prerouting priority -400;
    ip ttl != ${HOP_LIMIT} drop
    ip6 hoplimit != ${HOP_LIMIT} drop
    meta nftrace set 1
    ct state invalid counter
  }
  chain out {
    type filter hook output priority -400;
    ip ttl != ${HOP_LIMIT} drop
    ip6 hoplimit != ${HOP_LIMIT} drop
    meta nftrace set 1
  }
  chain end_in {
    type filter hook input priority 1000;
    counter
  }
  chain end_post {
    type filter hook postrouting priority 1000;
    counter
  }
}
`
