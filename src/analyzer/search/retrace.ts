import { HOP, PUBLIC } from '#fabric'
import type { Component } from '#model'
import { isIpv6 } from './header.ts'
import { refuse, report } from './record.ts'
import type { Run } from './run.ts'

/** The reply of a translated connection: nothing but that translation can carry it. */
export function cameFromInternet(run: Run): boolean {
  const { leg, retraced, inNat, inPublic } = run.state
  if (leg !== 'return' || retraced || !run.fabric.flags.natReturnThrough) return false
  return inNat >= 0 || (inPublic >= 0 && !isIpv6(run))
}

/** Next hops by which such a reply would reach its client untranslated. */
export const staysInside = (kind: number): boolean =>
  kind === HOP.local ||
  kind === HOP.link ||
  kind === HOP.transit ||
  kind === HOP.service ||
  kind === HOP.toClassic ||
  kind === HOP.fromClassic

/** Whether an identity leads back through the translation that the client called. */
export function retraces({ fabric, state }: Run, identity: number): boolean {
  const { publics } = fabric
  if (state.inNat < 0) return state.inPublic >= 0 && identity === state.inPublic
  return publics.kind[identity] === PUBLIC.ipMapping && publics.nat[identity] === state.inNat
}

/** The reply goes on by `actual`, which is not where the request came in. */
export function reportBypass(run: Run, actual: Component): void {
  const facts = { expected: entrance(run).id, actual: actual.id }
  refuse(run, 'translate', actual, report(run, 'nat.return-bypass', actual, facts))
}

function entrance({ show, state }: Run): Component {
  if (state.inNat >= 0) return show.nat(state.inNat)
  return state.inPublic >= 0 ? show.publicAddress(state.inPublic) : show.domain(state.lastDomain)
}
