import {
  formatAddress,
  parseAddress,
  parsePrefixOrAddress,
  type Prefix,
  prefixContains,
} from '#net'
import type { Network } from '#model'

/** Hosts of the Internet that rules speak of; more would only say the same again. */
const MOST_NAMED = 8

/** Addresses of the documentation and of well-known services, of which one is nobody's here. */
const strangers = ['192.0.2.77', '198.51.100.77', '203.0.113.77', '8.8.8.8', '1.1.1.1']
const strangers6 = ['2001:db8:ffff::77', '2001:4860:4860::8888']

/**
 * Hosts that a lab puts on the Internet for a network: one of each outside range that its rules
 * name, and for each family a stranger that none names.
 */
export function outsideHosts(network: Network): readonly string[] {
  const taken = ownRanges(network)
  const isOutside = (address: string): boolean => {
    const parsed = parseAddress(address)
    return parsed !== undefined && !taken.some((range) => prefixContains(range, parsed))
  }
  const ranges = peerRanges(network)
  const named = ranges.map(hostIn).filter(isOutside)
  const hosts = [...new Set(named)].slice(0, MOST_NAMED)
  const ipv6 = (network.vpc ?? []).some(({ ipv6Cidrs = [] }) => ipv6Cidrs.length > 0)
  const families = ipv6 ? [strangers, strangers6] : [strangers]
  return [...hosts, ...families.flatMap((list) => strangerAmong(list.filter(isOutside), ranges))]
}

/** One that no rule names, if there is one. */
function strangerAmong(list: readonly string[], ranges: readonly Prefix[]): readonly string[] {
  const unnamed = list.find((address) => {
    const parsed = parseAddress(address)
    return parsed && !ranges.some((range) => prefixContains(range, parsed))
  })
  return [unnamed ?? list[0]].filter((item) => item !== undefined)
}

/** Ranges that rules name, but for those that mean everybody. */
function peerRanges({
  securityGroup = [],
  networkAcl = [],
  prefixList = [],
}: Network): readonly Prefix[] {
  const texts = [
    ...securityGroup.flatMap(({ rules }) =>
      rules.flatMap(({ peer }) => (peer.kind === 'cidr' ? [peer.cidr] : [])),
    ),
    ...networkAcl.flatMap(({ ingress, egress }) => [...ingress, ...egress].map(({ peer }) => peer)),
    ...prefixList.flatMap(({ cidrs }) => cidrs),
  ]
  return parsed(texts).filter(({ length }) => length > 0)
}

/** The second address of a range, as the first one is often no host's. */
function hostIn({ family, low, length }: Prefix): string {
  const single = length === (family === 4 ? 32 : 128)
  return formatAddress({ family, value: single ? low : low + 1n })
}

/** What is not the Internet: ranges of VPCs, addresses of the network, private space. */
function ownRanges({ vpc = [], publicAddress = [], natGateway = [] }: Network): readonly Prefix[] {
  return parsed([
    ...vpc.flatMap(({ cidrs, ipv6Cidrs = [], userCidrs = [] }) => [
      ...cidrs,
      ...ipv6Cidrs,
      ...userCidrs,
    ]),
    ...publicAddress.map(({ address }) => address),
    ...natGateway.flatMap(({ dnat }) => dnat.map(({ externalAddress }) => externalAddress)),
    ...notPublic,
  ])
}

/** RFC 6890, as far as a rule may speak of it. */
const notPublic = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/8',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]

function parsed(texts: readonly string[]): readonly Prefix[] {
  return texts.flatMap((text) => parsePrefixOrAddress(text) ?? [])
}
