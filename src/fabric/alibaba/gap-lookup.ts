import type { Gap, GapKind, Resource } from '#model'

/** Whether a resource, or a whole kind, was not read. */
export type GapLookup = (
  kind: GapKind,
  near: Pick<Resource, 'provider' | 'account' | 'region'>,
  id?: string,
) => Gap | undefined

export function gapLookup(gaps: readonly Gap[]): GapLookup {
  if (gaps.length === 0) return () => undefined
  const byTarget = new Map<string, Gap[]>()
  for (const gap of gaps) {
    const key = `${gap.kind}/${gap.id ?? ''}`
    byTarget.set(key, [...(byTarget.get(key) ?? []), gap])
  }
  const among = (
    key: string,
    near: Pick<Resource, 'provider' | 'account' | 'region'>,
  ): Gap | undefined => byTarget.get(key)?.find((gap) => covers(gap, near))
  return (kind, near, id) =>
    (id === undefined ? undefined : among(`${kind}/${id}`, near)) ?? among(`${kind}/`, near)
}

/** Whether a listed resource is in doubt: the sources contradict each other, or it was read in part. */
export const isDoubted = (gaps: GapLookup, kind: GapKind, item: Resource): boolean =>
  gaps(kind, item, item.id)?.id !== undefined

const covers = (gap: Gap, near: Pick<Resource, 'provider' | 'account' | 'region'>): boolean =>
  gap.provider === near.provider &&
  (gap.account === undefined || gap.account === near.account) &&
  (gap.region === undefined || gap.region === near.region)
