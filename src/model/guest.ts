import type { AddressText, CidrText, InstanceId, NetworkInterfaceId } from './id.ts'
import type { Provider } from './resource.ts'

/** What a collector saw inside one instance. */
export interface Guest {
  readonly provider: Provider
  readonly account: string
  readonly region: string
  readonly instanceId: InstanceId
  /** Whether the kernel relays packets that are not its own. Absent: not seen. */
  readonly ipForward?: boolean
  /** Absent: not seen. */
  readonly routes?: readonly GuestRoute[]
  /** Policy rules in priority order, the main and default tables included. Absent: not seen. */
  readonly rules?: readonly GuestRule[]
}

/** A route of the operating system. */
export interface GuestRoute {
  readonly destination: CidrText
  readonly via?: AddressText
  /** The interface it leaves by. */
  readonly networkInterfaceId: NetworkInterfaceId
  /** Lower wins among equal prefixes; 0 when the kernel prints none. */
  readonly metric?: number
  /** Kernel table number; absent: main (254). */
  readonly table?: number
}

/** A policy rule of the operating system: which table a packet is looked up in. */
export interface GuestRule {
  readonly priority: number
  /** Source prefix; absent: every source. */
  readonly from?: CidrText
  readonly table: number
}
