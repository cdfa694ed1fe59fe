import type { ReachPart, ReachPlace, ReachReason, ReachRow } from '#analyzer'
import type { Component, FindingRecord, Verdict } from '#model'
import { PortSet } from '#net'

/** What has one verdict for the same packets between the same places. */
export interface Paragraph {
  readonly verdict: Verdict
  /** By protocol, in the order in which they came; no ports where the protocol has none. */
  readonly services: readonly { readonly protocol: string; readonly ports?: string }[]
  readonly from: readonly Side[]
  readonly to: readonly Side[]
  readonly because: readonly ReachReason[]
  readonly findings: readonly FindingRecord[]
  readonly at: readonly Component[]
}

/** A place, or some addresses of it. */
export interface Side {
  readonly place: ReachPlace
  readonly addresses?: string
}

/** Which side lines are gathered over: the one that was not asked by name. */
export type Gathered = 'from' | 'to'

/** Lines that say the same of several places become one paragraph. */
export function foldSet(rows: readonly ReachRow[], over: Gathered): readonly Paragraph[] {
  const folded = new Map<string, Paragraph>()
  for (const paragraph of rows.flatMap(paragraphsOf)) {
    const other = over === 'from' ? paragraph.to : paragraph.from
    const key = JSON.stringify([paragraph.verdict, paragraph.services, other])
    const known = folded.get(key)
    folded.set(key, known ? joined(known, paragraph, over) : paragraph)
  }
  return [...folded.values()]
}

function joined(known: Paragraph, more: Paragraph, over: Gathered): Paragraph {
  return {
    ...known,
    [over]: [...known[over], ...more[over]],
    because: distinct([...known.because, ...more.because]),
    findings: distinct([...known.findings, ...more.findings]),
    at: distinct([...known.at, ...more.at]),
  }
}

/** Parts of a line that are told apart by their rules only are one paragraph. */
function paragraphsOf({ from, to, parts }: ReachRow): readonly Paragraph[] {
  const groups = new Map<string, ReachPart[]>()
  for (const part of parts) {
    const key = JSON.stringify([part.verdict, part.sources, part.destinations])
    groups.set(key, [...(groups.get(key) ?? []), part])
  }
  return [...groups.values()].map((group) => {
    const [{ verdict, sources, destinations }] = group
    return {
      verdict,
      services: servicesOf(group),
      from: from.map((place) => sideOf(place, sources)),
      to: to.map((place) => sideOf(place, destinations)),
      because: distinct(group.flatMap(({ because }) => because)),
      findings: distinct(group.flatMap(({ findings }) => findings)),
      at: distinct(group.flatMap(({ at }) => at ?? [])),
    }
  })
}

const sideOf = (place: ReachPlace, addresses: string | undefined): Side =>
  addresses === undefined ? { place } : { place, addresses }

function servicesOf(parts: readonly ReachPart[]): Paragraph['services'] {
  const services = new Map<string, string[]>()
  for (const { protocol, ports } of parts) {
    services.set(protocol, [
      ...(services.get(protocol) ?? []),
      ...(ports === undefined ? [] : [ports]),
    ])
  }
  return [...services].map(([protocol, texts]) =>
    texts.length === 0 ? { protocol } : { protocol, ports: together(texts) },
  )
}

const together = (texts: readonly string[]): string =>
  PortSet.format(
    texts
      .map((text) => PortSet.parse(text) ?? PortSet.empty)
      .reduce((all, one) => PortSet.union(all, one), PortSet.empty),
  )

function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}
