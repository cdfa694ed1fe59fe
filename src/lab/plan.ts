import type { FindingCode } from '#findings'
import type { Component, SocketProtocol, StageName } from '#model'

/**
 * A network as Linux can carry it: namespaces, the cables between them, and for each namespace the
 * lines that its tools are fed. Pure text: nothing here has touched a kernel. Every line says which
 * resource it stands for.
 */
export interface LabPlan {
  readonly spaces: readonly Space[]
  readonly cables: readonly Cable[]
  /** What the comment `m7` of an nftables rule stands for: `marks[7]`. */
  readonly marks: readonly Mark[]
  /** What a kernel route stands for. */
  readonly routes: readonly PlannedRoute[]
  readonly seats: readonly Seat[]
  /** Addresses of the namespace `internet` that answer for hosts outside. */
  readonly publicHosts: readonly string[]
  readonly unrealised: readonly Unrealised[]
}

/** What a namespace plays: an instance, the place of all security groups, a VPC's router … */
export type SpaceRole =
  | 'guest'
  | 'hypervisor'
  | 'router'
  | 'natGateway'
  | 'loadBalancer'
  | 'internet'
  | 'services'

/** One network namespace. */
export interface Space {
  /** `i0`, `h`, `v0`, `n0`, `w`: at most 15 characters, unique in a plan. */
  readonly name: string
  readonly role: SpaceRole
  readonly of: Component
  /** Paths below /proc/sys, set before any device exists. */
  readonly sysctls: readonly Sysctl[]
  /** Settings of single devices, set once they exist. */
  readonly deviceSysctls: readonly Sysctl[]
  /** Lines of `ip -batch`: devices, addresses, neighbours, routes, IPv4 rules. */
  readonly ip: readonly Line[]
  /** Lines of `ip -6 -batch`: policy rules, of which the plain batch makes IPv4 ones. */
  readonly ip6: readonly Line[]
  /** Lines of `bridge -batch`. */
  readonly bridge: readonly Line[]
  /** Lines of `nft -f`. */
  readonly nft: readonly Line[]
  /** The guest's own firewall, loaded as its collector printed it. */
  readonly firewall?: readonly FirewallText[]
  /** What listens in the guest; absent: not seen, so that whatever is asked for does. */
  readonly sockets?: readonly PlannedSocket[]
}

/** A listening socket of a guest. */
export interface PlannedSocket {
  readonly protocol: SocketProtocol
  readonly address: string
  readonly port: number
}

/** A ruleset in the words of its own tool. */
export interface FirewallText {
  readonly tool: 'nft-json' | 'iptables' | 'ip6tables'
  readonly text: string
}

/** A kernel setting of one namespace. */
export interface Sysctl {
  /** Below /proc/sys, such as `net/ipv4/ip_forward`. */
  readonly path: string
  readonly value: string
}

/** One command of a batch and the resource it stands for. */
export interface Line {
  readonly text: string
  readonly of: Component
}

/** A veth pair. */
export interface Cable {
  readonly ends: readonly [CableEnd, CableEnd]
  readonly of: Component
}

/** One end of a cable; `mac` absent: the kernel's choice. */
export interface CableEnd {
  readonly space: string
  readonly device: string
  readonly mac?: string
}

/** What an nftables rule decides, in the words of an answer. */
export interface Mark {
  readonly stage: StageName
  readonly decision: 'admit' | 'refuse' | 'continue'
  readonly component: Component
  readonly rule?: string
  /** Of a refusal: its reason, as an answer would give it. */
  readonly code?: FindingCode
}

/** A route of a table in a router: found again by what `ip route get … fibmatch` prints. */
export interface PlannedRoute {
  readonly space: string
  readonly table: number
  readonly destination: string
  readonly mark: Mark
}

/** Where packets of an interface start and end. */
export interface Seat {
  readonly interfaceId: string
  /** The number in the names of its devices. */
  readonly port: number
  readonly instanceId?: string
  readonly vpcId: string
  /** Absent: nothing of it carries packets, for the reason given. */
  readonly at?: {
    readonly space: string
    readonly device: string
    /** Packets with this mark leave by the device. */
    readonly mark: number
  }
  readonly absentBecause?: Absence
  /** Every address that its packets may have, the primary one of each family first. */
  readonly addresses: readonly string[]
}

/** Why an interface carries no packets. */
export interface Absence {
  readonly code: FindingCode
  readonly words: string
}

/** A part of the network that the lab leaves out. */
export interface Unrealised {
  readonly component: Component
  readonly reason: string
}
