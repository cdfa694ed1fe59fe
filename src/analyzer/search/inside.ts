import {
  type FirewallFact,
  type GuestFact,
  type GuestLeg,
  hasPortWords,
  isIcmp,
  PACKET as P,
} from '#fabric'
import type { StageName } from '#model'
import { guestCode, type GuestRole } from '../guest-code.ts'
import { admitCommand, listCommand } from './admit-command.ts'
import { destinationText, isIpv6, serviceOf, sourceText } from './header.ts'
import { leaveOpen, note, refuse, report } from './record.ts'
import type { Run } from './run.ts'

/**
 * What the operating system behind a port says of a packet of its own that leaves by it. False, as
 * in the other three: where the packet goes on is not known.
 */
export const askSender = (run: Run, port: number): boolean =>
  noteFacts(run, port, 'send', run.judge.guest.send(port, legOf(run)))

/** The same of a packet for itself: its firewall, and on the way there its sockets. */
export const askReceiver = (run: Run, port: number, owner: number): boolean =>
  noteFacts(run, port, 'receive', run.judge.guest.receive(port, owner, legOf(run)))

/** The same of a packet that it is to relay, before it looks at its routes. */
export const askRelayIn = (run: Run, port: number): boolean =>
  noteFacts(run, port, 'relay', run.judge.guest.takeIn(port, legOf(run)))

/** The same once its routes have said by which port the packet leaves. */
export const askRelayOut = (run: Run, port: number, to: number): boolean =>
  noteFacts(run, port, 'relay', run.judge.guest.passOn(to, legOf(run)))

/** Whether everything that could keep a guest from taking a packet and answering it was seen. */
export function isSeenInside({ fabric, packet }: Run, port: number): boolean {
  const instance = fabric.ports.instance[port]
  const system = instance < 0 ? undefined : fabric.systems[fabric.instances.system[instance]]
  if (!system?.filter) return false
  const protocol = packet[P.protocol]
  if (hasPortWords(protocol)) return system.listeners !== undefined
  return isIcmp(protocol)
}

const legOf = ({ state, flows }: Run): GuestLeg => ({
  reply: state.leg === 'return',
  flows,
  onward: true,
})

function noteFacts(run: Run, port: number, role: GuestRole, facts: readonly GuestFact[]): boolean {
  for (const fact of facts) noteFact(run, port, role, fact)
  return facts.every(({ outcome }) => outcome !== 'loses')
}

function noteFact(run: Run, port: number, role: GuestRole, fact: GuestFact): void {
  const component = run.show.instanceOf(port)
  switch (fact.kind) {
    case 'firewall':
      return noteFirewall(run, port, role, fact)
    case 'unreadable': {
      const facts = { problem: `${fact.at} ${fact.says}`.trim(), command: printing }
      const found = report(run, 'guest.firewall.unreadable', component, facts)
      return leaveOpen(run, stages[role], component, found)
    }
    case 'reverse-path': {
      const ends = { source: sourceText(run), destination: destinationText(run) }
      if (fact.outcome === 'refuses') {
        const found = report(run, 'guest.rp-filter', component, { ...ends, device: fact.device })
        return refuse(run, 'reverse-path', component, found)
      }
      const facts = { missing: `guest ${component.id}`, call: 'ip rule; ip route show table all' }
      const found = report(run, 'query.input-missing', component, facts)
      return leaveOpen(run, 'reverse-path', component, found)
    }
    case 'socket':
      return noteSocket(run, port, fact.outcome === 'admits', fact.listens)
  }
}

const printing = 'iptables-save; ip6tables-save; nft -j list ruleset'

const stages = {
  send: 'firewall.egress',
  receive: 'firewall.ingress',
  relay: 'firewall.forward',
} as const satisfies Record<GuestRole, StageName>

/** Of the hooks that let a packet through only the one that gives the stage its name is told. */
const mainHooks: ReadonlySet<FirewallFact['hook']> = new Set(['output', 'input', 'forward'])

function noteFirewall(run: Run, port: number, role: GuestRole, fact: FirewallFact): void {
  const { hook, rule, outcome } = fact
  const component = run.show.instanceOf(port)
  switch (outcome) {
    case 'admits':
      if (mainHooks.has(hook)) note(run, stages[role], component, 'admit', rule)
      return
    case 'refuses': {
      const found = reportDenied(run, port, role, fact)
      return note(run, stages[role], component, 'refuse', rule, found)
    }
    case 'opens':
    case 'loses':
      return note(run, stages[role], component, 'unknown', rule, reportOpen(run, port, fact))
  }
}

function endsOf(run: Run): { service: string; source: string; destination: string } {
  return { service: serviceOf(run), source: sourceText(run), destination: destinationText(run) }
}

function reportDenied(run: Run, port: number, role: GuestRole, fact: FirewallFact): number {
  const instance = run.fabric.ports.instance[port]
  const known = run.state.leg === 'return' && run.flows.some((flow) => flow.instance === instance)
  const command = fact.place ? admitCommand(run, fact.place, known) : ''
  const facts = { ...endsOf(run), command }
  const component = run.show.instanceOf(port)
  switch (guestCode(fact, role)) {
    case 'guest.firewall.egress-deny':
      return report(run, 'guest.firewall.egress-deny', component, facts, fact.rule)
    case 'guest.firewall.ingress-deny':
      return report(run, 'guest.firewall.ingress-deny', component, facts, fact.rule)
    default:
      return report(run, 'guest.firewall.forward-deny', component, facts, fact.rule)
  }
}

function reportOpen(
  run: Run,
  port: number,
  { place, rule, translates, because }: FirewallFact,
): number {
  const component = run.show.instanceOf(port)
  if (translates) return report(run, 'guest.firewall.translates', component, endsOf(run), rule)
  if (place) {
    const facts = { ...endsOf(run), because, command: listCommand(place) }
    return report(run, 'guest.firewall.undecided', component, facts, rule)
  }
  const call = isIpv6(run) ? 'ip6tables-save' : 'iptables-save'
  return report(run, 'query.input-missing', component, { missing: `guest ${component.id}`, call })
}

function noteSocket(run: Run, port: number, takes: boolean, listens: readonly string[]): void {
  const component = run.show.instanceOf(port)
  if (takes) return note(run, 'listen', component, 'admit', socketName(run, listens[0] ?? ''))
  const facts = { service: serviceOf(run), address: destinationText(run) }
  const found =
    listens.length > 0
      ? report(run, 'guest.listen-wrong-address', component, {
          ...facts,
          listening: listens.join(', '),
        })
      : report(run, 'guest.not-listening', component, facts)
  refuse(run, 'listen', component, found)
}

/** As `ss` prints it: `tcp 0.0.0.0:22`, `tcp [::]:22`. */
function socketName({ packet }: Run, address: string): string {
  const protocol = packet[P.protocol] === 6 ? 'tcp' : 'udp'
  return `${protocol} ${address.includes(':') ? `[${address}]` : address}:${packet[P.port]}`
}
