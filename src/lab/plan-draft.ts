import type { Component } from '#model'
import type {
  Cable,
  CableEnd,
  FirewallText,
  LabPlan,
  Line,
  Mark,
  PlannedRoute,
  PlannedSocket,
  Seat,
  Space,
  SpaceRole,
  Sysctl,
} from './plan.ts'

/** A namespace while its lines are being written. */
export class SpaceDraft {
  readonly name: string
  readonly role: SpaceRole
  readonly of: Component
  private readonly sysctls: Sysctl[] = []
  private readonly deviceSysctls: Sysctl[] = []
  private readonly lines = { ip: new Array<Line>(), ip6: new Array<Line>() }
  private readonly fdb: Line[] = []
  private readonly rules: Line[] = []
  private readonly firewall: FirewallText[] = []
  private sockets: readonly PlannedSocket[] | undefined

  constructor(name: string, role: SpaceRole, of: Component) {
    this.name = name
    this.role = role
    this.of = of
  }

  set(path: string, value: string | number): void {
    this.sysctls.push({ path, value: String(value) })
  }

  /** A setting of one device, which exists only once the cables are laid. */
  setDevice(path: string, value: string | number): void {
    this.deviceSysctls.push({ path, value: String(value) })
  }

  ip(text: string, of: Component = this.of): void {
    this.lines.ip.push({ text, of })
  }

  ip6(text: string, of: Component = this.of): void {
    this.lines.ip6.push({ text, of })
  }

  bridge(text: string, of: Component = this.of): void {
    this.fdb.push({ text, of })
  }

  nft(text: string, of: Component = this.of): void {
    this.rules.push({ text, of })
  }

  load(firewall: FirewallText): void {
    this.firewall.push(firewall)
  }

  listen(sockets: readonly PlannedSocket[]): void {
    this.sockets = sockets
  }

  finish(): Space {
    const { name, role, of, sysctls, deviceSysctls, lines, fdb, rules, firewall, sockets } = this
    const own = {
      ...(firewall.length > 0 ? { firewall } : {}),
      ...(sockets ? { sockets } : {}),
    }
    return { name, role, of, sysctls, deviceSysctls, ...lines, bridge: fdb, nft: rules, ...own }
  }
}

/** A plan while it is being written. */
export class PlanDraft {
  private readonly spaces: SpaceDraft[] = []
  private readonly cables: Cable[] = []
  private readonly marks: Mark[] = []
  private readonly routes: PlannedRoute[] = []
  private readonly seats: Seat[] = []
  private readonly unrealised = new Map<string, LabPlan['unrealised'][number]>()

  space(name: string, role: SpaceRole, of: Component): SpaceDraft {
    const space = new SpaceDraft(name, role, of)
    this.spaces.push(space)
    return space
  }

  cable(of: Component, one: CableEnd, other: CableEnd): void {
    this.cables.push({ ends: [one, other], of })
  }

  /** The comment that leads from an nftables rule back to what it stands for. */
  mark(mark: Mark): string {
    this.marks.push(mark)
    return `comment "m${this.marks.length - 1}"`
  }

  route(route: PlannedRoute): void {
    this.routes.push(route)
  }

  seat(seat: Seat): void {
    this.seats.push(seat)
  }

  /** Notes what is left out, once for each component and reason. */
  leaveOut(component: Component, reason: string): void {
    const { kind, id } = component
    this.unrealised.set(`${kind} ${id} ${reason}`, { component, reason })
  }

  finish(publicHosts: readonly string[]): LabPlan {
    const { cables, marks, routes, seats } = this
    const spaces = this.spaces.map((space) => space.finish())
    return {
      spaces,
      cables,
      marks,
      routes,
      seats,
      publicHosts,
      unrealised: [...this.unrealised.values()],
    }
  }
}
