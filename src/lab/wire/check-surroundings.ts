import { readFileSync, readlinkSync } from 'node:fs'

/** The namespace a thread is in: what `/proc/thread-self/ns/net` links to. */
export function threadNamespace(): string {
  return readlinkSync('/proc/thread-self/ns/net')
}

/** What `threadNamespace` says for a namespace of this inode. */
export function namespaceLink(inode: bigint): string {
  return `net:[${inode}]`
}

/**
 * Why no packet may be sent from this process, or null: it stands in the machine's own network
 * namespace, or in one with a device besides `lo`. A prober's own namespace is where its packets
 * would go if every other guard failed, so nothing may lead out of it.
 */
export function objectToSurroundings(machineInode: bigint): string | null {
  try {
    if (threadNamespace() === namespaceLink(machineInode))
      return 'this process is in the machine’s own network namespace'
    const strangers = deviceNames(readFileSync('/proc/thread-self/net/dev', 'utf8')).filter(
      (name) => name !== 'lo' && !fallbackTunnels.has(name),
    )
    if (strangers.length === 0) return null
    return `this process’s network namespace has devices besides lo: ${strangers.join(', ')}`
  } catch (error) {
    return `the network namespace of this process cannot be read: ${String(error)}`
  }
}

/** The devices of `/proc/net/dev`: two lines of heading, then `name: counters`. */
export function deviceNames(text: string): readonly string[] {
  return text
    .split('\n')
    .slice(2)
    .flatMap((line) => {
      const colon = line.lastIndexOf(':')
      return colon < 0 ? [] : [line.slice(0, colon).trim()]
    })
}

/**
 * Where these tunnels are loaded the kernel puts one of each into every new namespace, unless
 * net.core.fb_tunnels_only_for_init_net is set (linux Documentation/admin-guide/sysctl/net.rst).
 * They need another device to send through.
 */
const fallbackTunnels: ReadonlySet<string> = new Set([
  'tunl0',
  'gre0',
  'gretap0',
  'erspan0',
  'ip_vti0',
  'ip6_vti0',
  'sit0',
  'ip6tnl0',
  'ip6gre0',
])
