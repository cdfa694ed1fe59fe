import type { GuestFact } from '#fabric'
import type { RefusalCode } from './refusal-code.ts'

/** What a guest is doing with the packet that it refuses. */
export type GuestRole = 'send' | 'receive' | 'relay'

/** The reason of a fact that refuses. */
export function guestCode(fact: GuestFact, role: GuestRole): RefusalCode {
  switch (fact.kind) {
    case 'firewall':
    case 'unreadable':
      return firewallCodes[role]
    case 'reverse-path':
      return 'guest.rp-filter'
    case 'socket':
      return fact.listens.length > 0 ? 'guest.listen-wrong-address' : 'guest.not-listening'
  }
}

const firewallCodes = {
  send: 'guest.firewall.egress-deny',
  receive: 'guest.firewall.ingress-deny',
  relay: 'guest.firewall.forward-deny',
} as const satisfies Record<GuestRole, RefusalCode>
