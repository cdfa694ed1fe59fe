import { checkAddresses } from './check/check-addresses.ts'
import { checkAttachments } from './check/check-attachments.ts'
import { checkIdentities } from './check/check-identities.ts'
import { checkBalancerPlaces } from './check/check-balancer-places.ts'
import { checkTablePlaces } from './check/check-table-places.ts'
import { checkBalancerStates } from './check/check-balancer-states.ts'
import { checkGatewayMode } from './check/check-gateway-mode.ts'
import { checkGroupPeers } from './check/check-group-peers.ts'
import { checkListeners } from './check/check-listeners.ts'
import { checkPrefixLists } from './check/check-prefix-lists.ts'
import { checkReferences } from './check/check-references.ts'
import { checkReservedAddresses } from './check/check-reserved-addresses.ts'
import { checkShape } from './check/check-shape.ts'
import { checkSubnets } from './check/check-subnets.ts'
import { checkSystemTables } from './check/check-system-tables.ts'
import { checkUniqueness } from './check/check-uniqueness.ts'
import { checkVpcMembership } from './check/check-vpc-membership.ts'
import type { Check } from './check/evidence.ts'
import { findUnreadable } from './find-unreadable.ts'
import type { Network } from './network.ts'
import { openProblemLog } from './problem-log.ts'
import type { Problem } from './problem.ts'

/** A network that may be used, with what is odd about it; or everything that forbids its use. */
export type ParsedNetwork =
  | { readonly ok: true; readonly network: Network; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * The door for network data (`hopwise.network/v1`, already read from JSON). Reports every problem,
 * not only the first: errors, then warnings, at most `PROBLEM_LIMIT` and a count of the rest.
 *
 * When there is no error, `network` **is** `input`: nothing is copied or changed, and the caller
 * must not change it either. Bad data never throws, be it cyclic, deep, or made of accessors.
 */
export function parseNetwork(input: unknown): ParsedNetwork {
  try {
    return check(input)
  } catch (error) {
    // A getter may throw or change its answer between two checks. Only then is it not our bug.
    const problem = findUnreadable(input)
    if (!problem) throw error
    return { ok: false, problems: [problem] }
  }
}

/** In the order in which a reader would mend them. */
const crossChecks: readonly Check[] = [
  checkIdentities,
  checkReferences,
  checkBalancerPlaces,
  checkTablePlaces,
  checkBalancerStates,
  checkListeners,
  checkVpcMembership,
  checkSubnets,
  checkAddresses,
  checkReservedAddresses,
  checkUniqueness,
  checkAttachments,
  checkPrefixLists,
  checkGroupPeers,
  checkGatewayMode,
  checkSystemTables,
]

function check(input: unknown): ParsedNetwork {
  const log = openProblemLog()
  const evidence = checkShape(input, log)
  if (evidence) for (const crossCheck of crossChecks) crossCheck(evidence, log)
  const problems = log.problems()
  return evidence && log.errorCount() === 0
    ? { ok: true, network: evidence.network, problems }
    : { ok: false, problems }
}
