import { nameInSentence, quote } from '../describe-value.ts'
import type { ResourceOf } from '../index-network.ts'
import { kindWords } from '../kind-words.ts'
import type { ProblemLog } from '../problem-log.ts'
import { resourceKinds } from '../resource.ts'
import type { Resource, ResourceKind } from '../resource.ts'
import type { Check, Evidence } from './evidence.ts'

/** No two resources of a kind may share provider, account, region and id. */
export const checkIdentities: Check = (evidence, log) => {
  for (const kind of resourceKinds) checkKind(evidence, log, kind)
  checkGuests(evidence, log)
}

/** An instance has one operating system. */
function checkGuests({ network, pointer }: Evidence, log: ProblemLog): void {
  const seen = new Map<string, number>()
  for (const [nth, { instanceId, ...home }] of (network.guests ?? []).entries()) {
    const key = keyOf({ ...home, id: instanceId })
    const twin = seen.get(key)
    if (twin === undefined) {
      seen.set(key, nth)
      continue
    }
    log.report({
      severity: 'error',
      pointer: `${pointer('guests', nth)}/instanceId`,
      code: 'duplicate-id',
      expected: 'an instance that no other guest names',
      found: quote(instanceId),
      message: `What was seen inside instance ${nameInSentence(instanceId)} is listed twice, first at ${pointer('guests', twin)}.`,
    })
  }
}

function checkKind(evidence: Evidence, log: ProblemLog, kind: ResourceKind): void {
  const items: readonly ResourceOf<ResourceKind>[] = evidence.index.all(kind)
  if (evidence.index.idCount(kind) === items.length) return
  const ids = new Map<string, number>()
  const keys = new Map<string, number>()
  for (let nth = 0; nth < items.length; nth++) {
    const item = items[nth]
    const namesake = ids.get(item.id)
    if (namesake === undefined) {
      ids.set(item.id, nth)
      continue
    }
    // Only ids that come twice pay for the long key.
    keys.set(keyOf(items[namesake]), namesake)
    const twin = keys.get(keyOf(item))
    if (twin === undefined) keys.set(keyOf(item), nth)
    else reportTwin(evidence, log, { kind, item, nth, twin })
  }
}

/** Quoted as JSON, so that no id can imitate a separator. */
function keyOf({
  provider,
  account,
  region,
  id,
}: Pick<Resource, 'provider' | 'account' | 'region' | 'id'>): string {
  return JSON.stringify([provider, account, region, id])
}

interface Twin {
  readonly kind: ResourceKind
  readonly item: Resource
  readonly nth: number
  readonly twin: number
}

function reportTwin(evidence: Evidence, log: ProblemLog, { kind, item, nth, twin }: Twin): void {
  const first = evidence.pointer(kind, twin)
  log.report({
    severity: 'error',
    pointer: `${evidence.pointer(kind, nth)}/id`,
    code: 'duplicate-id',
    expected: 'an id that no other one has in this provider, account and region',
    found: quote(item.id),
    message: `The ${kindWords[kind]} ${nameInSentence(item.id)} is listed twice, first at ${first}.`,
  })
}
