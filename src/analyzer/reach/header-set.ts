import type { Verdict } from '#model'
import { type DecidedBox, together } from '../decide-boxes.ts'

/** An inclusive stretch of ranks or ports. */
export interface Stretch {
  readonly low: number
  readonly high: number
}

/** The packets of one protocol that share a verdict, between the same addresses. */
export interface HeaderPart<Tag> {
  readonly protocol: number
  readonly verdict: Verdict
  /** Ranks; those of an end with one address are that one. */
  readonly sources: readonly Stretch[]
  readonly destinations: readonly Stretch[]
  readonly ports: readonly Stretch[]
  /** What the caller says of the boxes that these packets are in. */
  readonly tags: ReadonlySet<Tag>
}

/** What the caller says of a decided box; boxes of different `key` are kept apart. */
export interface Tagged<Tag> {
  readonly key: string
  readonly tag: Tag
}

interface TaggedBox<Tag> extends Tagged<Tag> {
  readonly decided: DecidedBox
}

/**
 * Decided boxes as sets of headers: what any client port of a destination port meets is one
 * verdict, as in an answer, and what shares verdict and reasons is put together. Disjoint, and
 * together all of the boxes.
 */
export function headerSet<Tag>(
  boxes: readonly DecidedBox[],
  tagOf: (box: DecidedBox) => Tagged<Tag>,
): HeaderPart<Tag>[] {
  const tagged = boxes.map((decided) => ({ decided, ...tagOf(decided) }))
  const protocols = [...new Set(boxes.map(({ box }) => box.protocol))]
  return protocols.flatMap((protocol) =>
    partsOf(
      protocol,
      tagged.filter(({ decided }) => decided.box.protocol === protocol),
    ),
  )
}

/** Sources first, then destinations; a pair of places nearly always has one of each. */
function partsOf<Tag>(protocol: number, boxes: readonly TaggedBox<Tag>[]): HeaderPart<Tag>[] {
  const bySource = stretches(boxes, ({ decided: { box } }) => [box.source, box.sourceHigh])
  const columns = bySource.flatMap((source) =>
    stretches(source.boxes, ({ decided: { box } }) => [box.destination, box.destinationHigh]).map(
      (destination) => ({ source, destination, segments: portSegments(destination.boxes) }),
    ),
  )
  const parts = new Map<string, Grown<Tag>>()
  for (const { source, destination, segments } of columns) {
    for (const { verdict, key, ports, tags } of segments) {
      const at = [verdict, destination.low, destination.high, stretchKey(ports), key].join(' ')
      const known = parts.get(at)
      if (known) join(known, 'sources', source, tags)
      else parts.set(at, { protocol, verdict, key, ports, tags, ...ends(source, destination) })
    }
  }
  return joinDestinations([...parts.values()])
}

interface Grown<Tag> extends HeaderPart<Tag> {
  readonly key: string
  readonly sources: Stretch[]
  readonly destinations: Stretch[]
  readonly tags: Set<Tag>
}

const ends = (source: Stretch, destination: Stretch) => ({
  sources: [{ low: source.low, high: source.high }],
  destinations: [{ low: destination.low, high: destination.high }],
})

function joinDestinations<Tag>(parts: readonly Grown<Tag>[]): HeaderPart<Tag>[] {
  const joined = new Map<string, Grown<Tag>>()
  for (const part of parts) {
    const at = [part.verdict, stretchKey(part.sources), stretchKey(part.ports), part.key].join(' ')
    const known = joined.get(at)
    if (known) join(known, 'destinations', part.destinations[0], part.tags)
    else joined.set(at, part)
  }
  return [...joined.values()].map(({ key: _key, ...part }) => part)
}

function join<Tag>(
  part: Grown<Tag>,
  end: 'sources' | 'destinations',
  { low, high }: Stretch,
  tags: ReadonlySet<Tag>,
): void {
  part[end].push({ low, high })
  for (const tag of tags) part.tags.add(tag)
}

const stretchKey = (stretches: readonly Stretch[]): string =>
  stretches.map(({ low, high }) => `${low}-${high}`).join()

interface Segment<Tag> {
  readonly verdict: Verdict
  readonly key: string
  readonly ports: Stretch[]
  readonly tags: Set<Tag>
}

/** Destination ports by what their boxes say together; neighbours are joined. */
function portSegments<Tag>(boxes: readonly TaggedBox<Tag>[]): Segment<Tag>[] {
  const segments = new Map<string, Segment<Tag>>()
  const cuts = stretches(boxes, ({ decided: { box } }) => [
    box.destinationPort,
    box.destinationPortHigh,
  ])
  for (const { low, high, boxes: here } of cuts) {
    const verdict = together(here.map(({ decided }) => decided.verdict))
    const key = [...new Set(here.map((box) => box.key))].join('\n')
    const at = `${verdict} ${key}`
    const segment = segments.get(at) ?? { verdict, key, ports: [], tags: new Set<Tag>() }
    segments.set(at, segment)
    const last = segment.ports.at(-1)
    if (last?.high === low - 1) segment.ports[segment.ports.length - 1] = { low: last.low, high }
    else segment.ports.push({ low, high })
    for (const { tag } of here) segment.tags.add(tag)
  }
  return [...segments.values()]
}

/** A dimension cut wherever a box begins or ends, with the boxes over each stretch. */
function stretches<Tag>(
  boxes: readonly TaggedBox<Tag>[],
  extent: (box: TaggedBox<Tag>) => readonly [low: number, high: number],
): (Stretch & { readonly boxes: readonly TaggedBox<Tag>[] })[] {
  const [first] = boxes.map(extent)
  if (boxes.every((box) => extent(box)[0] === first[0] && extent(box)[1] === first[1])) {
    return [{ low: first[0], high: first[1], boxes }]
  }
  const cuts = [...new Set(boxes.flatMap((box) => [extent(box)[0], extent(box)[1] + 1]))]
  cuts.sort((a, b) => a - b)
  return cuts.slice(0, -1).flatMap((low, i) => {
    const high = cuts[i + 1] - 1
    const over = boxes.filter((box) => extent(box)[0] <= low && high <= extent(box)[1])
    return over.length === 0 ? [] : [{ low, high, boxes: over }]
  })
}
