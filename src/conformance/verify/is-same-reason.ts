import type { Blocker } from '#lab'
import type { Answer, FindingRecord } from '#model'

/**
 * Whether an answer names what stopped the packet in words of its own. The wire only knows tables
 * and rules: why a route is missing, and which of several groups has the default that dropped, is
 * the paper's to say.
 */
export function isSameReason({ findings }: Answer, blocker: Blocker): boolean {
  return findings.some((finding) => finding.effect === 'blocks' && saysTheSame(finding, blocker))
}

function saysTheSame({ code, leg = 'forward', rule }: FindingRecord, blocker: Blocker): boolean {
  if (leg !== blocker.leg) return false
  if (blocker.code === 'route.none') return causesOfNoRoute.has(code)
  const defaults = (rule ?? 'default') === 'default' && (blocker.rule ?? 'default') === 'default'
  return defaults && code === blocker.code && code.startsWith('sg.')
}

/** Findings that say why there is no route. */
const causesOfNoRoute: ReadonlySet<string> = new Set([
  'peer.absent',
  'classiclink.absent',
  'igw.absent',
])
