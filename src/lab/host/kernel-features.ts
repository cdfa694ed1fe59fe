// table: what a lab asks of a kernel and its tools, each as the smallest thing that shows it

/** One thing to try in a namespace that is thrown away. */
export interface KernelFeature {
  readonly name: string
  readonly try: Trial
  /** The kernel option, module or package that brings it. */
  readonly remedy: string
}

/** Lines of a tool, or a file below /proc/sys that has to be there. */
export type Trial =
  | { readonly kind: 'ip' | 'ip6' | 'bridge' | 'nft'; readonly text: string }
  | { readonly kind: 'sysctl'; readonly path: string }

function ip(name: string, text: string, remedy: string): KernelFeature {
  return { name, try: { kind: 'ip', text }, remedy }
}

function sysctl(name: string, path: string, remedy: string): KernelFeature {
  return { name, try: { kind: 'sysctl', path }, remedy }
}

/** Lines of a base chain, or a whole table where the first word says so. */
function nft(name: string, text: string, remedy: string): KernelFeature {
  return { name, try: { kind: 'nft', text }, remedy }
}

const NFT = 'load nf_tables or build the kernel with'

/** In this order, for later ones use the devices of earlier ones. */
export const kernelFeatures: readonly KernelFeature[] = [
  ip('cables (veth)', 'link add tv0 type veth peer name tv1', 'modprobe veth (CONFIG_VETH)'),
  ip(
    'bridges',
    'link add tb0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0',
    'modprobe bridge (CONFIG_BRIDGE)',
  ),
  ip('bridge ports', 'link set tv0 master tb0 up', 'modprobe bridge (CONFIG_BRIDGE)'),
  ip('proxy ARP', 'link set dev tv0 type bridge_slave proxy_arp on', 'use Linux 4.0 or later'),
  {
    name: 'static forwarding entries',
    try: { kind: 'bridge', text: 'fdb replace 02:00:00:00:00:01 dev tv0 master static' },
    remedy: 'install iproute2 with its program bridge',
  },
  ip(
    'policy rules',
    'rule add pref 100 fwmark 1 lookup 1000',
    'CONFIG_IP_MULTIPLE_TABLES is needed',
  ),
  {
    name: 'IPv6 policy rules',
    try: { kind: 'ip6', text: 'rule add pref 100 iif tv1 lookup 1000' },
    remedy: 'start the kernel without ipv6.disable=1; CONFIG_IPV6_MULTIPLE_TABLES is needed',
  },
  ip('loopback', 'link set lo up', 'nothing can be done'),
  ip('a second cable end', 'link set tv1 up', 'modprobe veth (CONFIG_VETH)'),
  ip(
    'several next hops',
    'route add 192.0.2.0/24 table 1000 nexthop via 169.254.0.1 dev tv1 onlink nexthop via 169.254.0.2 dev tv1 onlink',
    'CONFIG_IP_ROUTE_MULTIPATH is needed',
  ),
  sysctl('IPv6', 'net/ipv6/conf/all/disable_ipv6', 'start the kernel without ipv6.disable=1'),
  sysctl(
    'filtering of bridged packets',
    'net/bridge/bridge-nf-call-iptables',
    'modprobe br_netfilter (CONFIG_BRIDGE_NETFILTER)',
  ),
  sysctl(
    'connection tracking',
    'net/netfilter/nf_conntrack_tcp_loose',
    'modprobe nf_conntrack (CONFIG_NF_CONNTRACK)',
  ),
  sysctl('quiet ICMP', 'net/ipv4/icmp_ratemask', 'use Linux 4.20 or later'),
  sysctl('hashing of next hops', 'net/ipv4/fib_multipath_hash_policy', 'use Linux 4.12 or later'),
  nft('nftables', 'table inet t0 { }', `${NFT} CONFIG_NF_TABLES_INET`),
  nft('nftables for bridges', 'table bridge t1 { }', `${NFT} CONFIG_NF_TABLES_BRIDGE`),
  nft('states of connections', 'ct state established,related accept', `${NFT} CONFIG_NFT_CT`),
  nft(
    'zones of connection tracking',
    'ct zone set iifname map { "tv0" : 1 }',
    `${NFT} CONFIG_NF_CONNTRACK_ZONES`,
  ),
  nft('verdict maps', 'iifname vmap { "tv0" : accept }', 'use nftables 0.9 or later'),
  nft(
    'concatenations',
    'ether saddr . ip saddr { 02:00:00:00:00:01 . 192.0.2.1 } accept',
    'use Linux 4.1 or later',
  ),
  nft('intervals', 'ip saddr { 192.0.2.0/25, 10.0.0.0/8 } accept', 'use Linux 3.14 or later'),
  nft('rewriting of addresses', 'ip daddr set ip daddr map { 192.0.2.1 : 192.0.2.2 }', `${NFT} it`),
  nft('random numbers', 'numgen random mod 2 0 accept', `${NFT} CONFIG_NFT_NUMGEN`),
  nft('routes in rules', 'fib daddr type local accept', `${NFT} CONFIG_NFT_FIB_INET`),
  nft('marks and traces', 'meta mark set 1 meta nftrace set 1', `${NFT} it`),
  nft(
    'marks of sessions',
    'ct mark set 1 ether daddr set 02:00:00:00:00:01',
    `${NFT} CONFIG_NF_CONNTRACK_MARK`,
  ),
  nft(
    'sets that packets fill',
    'table bridge t3 { set s { type ipv4_addr . inet_service; flags dynamic, timeout; timeout 1m; size 9; }; chain c { type filter hook prerouting priority -300; meta l4proto 6 update @s { ip saddr . th sport }; }; }',
    'use Linux 4.1 or later',
  ),
  nft('comments and counters', 'counter accept comment "t"', 'use nftables 0.9 or later'),
  nft(
    'translation (NAT)',
    'table ip t2 { chain c { type nat hook prerouting priority -100; tcp dport 1 dnat to 192.0.2.1:2; }; chain d { type nat hook postrouting priority 100; ip saddr 192.0.2.1 snat to 192.0.2.2; }; }',
    `${NFT} CONFIG_NFT_NAT`,
  ),
]
